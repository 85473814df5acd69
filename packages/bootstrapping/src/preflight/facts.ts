/** What could be learned of the owner before anything is written. */
export type OwnerFacts =
  | { readonly kind: 'user'; readonly login: string }
  /** Flags are null where the token may not see them: nothing follows from that. */
  | {
      readonly kind: 'organization'
      readonly login: string
      readonly membersCanCreate: { readonly private: boolean | null; readonly internal: boolean | null; readonly public: boolean | null }
      /** Whether its rules let only signed commits onto the default branch; null: unknown. */
      readonly requiresSignatures: boolean | null
    }
  | { readonly kind: 'missing' }

/** The credential that makes the repository. */
export type TokenFacts =
  /** A classic token says its scopes with every answer. */
  | { readonly kind: 'classic'; readonly login: string | null; readonly scopes: readonly string[] }
  | { readonly kind: 'fine-grained'; readonly login: string | null }
  /** `missing`: permissions that its owner has not granted, each as `name: level`. */
  | { readonly kind: 'app'; readonly missing: readonly string[] }
  /** The job's own token. */
  | { readonly kind: 'job' }

/** `unknown`: the question was answered by neither 200 nor 404. */
export type NameFacts = 'free' | 'taken' | 'unknown'

export interface PreflightFacts {
  readonly owner: OwnerFacts
  readonly token: TokenFacts
  readonly name: NameFacts
}

export const PREFLIGHT_CODES = [
  'NAME_TAKEN',
  'PREFLIGHT_FAILED',
  'OWNER_NOT_FOUND',
  'OWNER_FORBIDDEN',
  'TOKEN_INSUFFICIENT',
  'SIGNATURES_REQUIRED',
  'POLICY_UNKNOWN',
  'POLICY_BLOCKS',
] as const
export type PreflightCode = (typeof PREFLIGHT_CODES)[number]

export interface PreflightFinding {
  readonly code: PreflightCode
  /** An error is certain; a warning is GitHub's to decide when the repository is made. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint: string
}

export interface Preflight {
  readonly findings: readonly PreflightFinding[]
  readonly canProceed: boolean
  /** `api`: GitHub makes and signs the commit, since rules refuse an unsigned push. */
  readonly method: 'push' | 'api'
  readonly ownerKind: 'user' | 'organization'
}
