export const VISIBILITIES = ['public', 'internal', 'private'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** The repository whose run completed. */
export interface SourceRepository {
  readonly id: number
  readonly nameWithOwner: string
  readonly visibility: Visibility
}

/** A workflow run that completed, as GitHub told it when asked again by id. The event's text is not trusted. */
export interface CompletedRun {
  readonly id: number
  readonly number: number
  readonly attempt: number
  /** The workflow's file, `.github/workflows/ci.yml`; a `@ref` behind it is ignored. */
  readonly path: string
  /** The workflow's display name. */
  readonly workflow: string
  readonly displayTitle: string
  readonly event: string
  readonly conclusion: string
  readonly headBranch: string | null
  readonly headSha: string
  /** null when the head repository was deleted. */
  readonly headRepositoryId: number | null
  readonly actor: string
  readonly url: string
}

export interface TextFile {
  readonly path: string
  readonly text: string
  /** Why it cannot be read; its text is empty then. */
  readonly fault?: string
}

/** What is known of one target before it is judged, as of its default branch. */
export type TargetFacts =
  /** It does not exist, or the token cannot see it: GitHub does not tell which. */
  | { readonly found: false }
  | {
      readonly found: true
      readonly id: number
      readonly nameWithOwner: string
      readonly visibility: Visibility
      /** null: the repository has no commit yet. */
      readonly defaultBranch: string | null
      /** `.github/dispatching.yml`, else `dispatching.yml`; undefined: neither exists. */
      readonly dispatching: TextFile | undefined
      /** The workflow's file; undefined: there is none of this name. */
      readonly workflow: TextFile | undefined
      /** GitHub takes no dispatch of an archived repository. */
      readonly isArchived: boolean
      /** GitHub's word for it (`active`, `disabled_manually`, …); undefined: not asked. */
      readonly workflowState?: string | undefined
      /** Whether the ref that `effectiveRef` names exists; undefined: not asked. */
      readonly refExists?: boolean | undefined
    }

export type FoundTarget = Extract<TargetFacts, { found: true }>

/** What the tokens at hand are: the job's own reaches its own repository only. */
export const CREDENTIALS = ['job-token', 'personal-token', 'app'] as const
export type Credential = (typeof CREDENTIALS)[number]

export const ON_RERUN = ['skip', 'redispatch'] as const
export const FAIL_ON = ['failed', 'denied', 'never'] as const
export type FailOn = (typeof FAIL_ON)[number]
export const CREATE_ISSUES = ['failures', 'always', 'never'] as const
export type CreateIssues = (typeof CREATE_ISSUES)[number]

export interface DispatchOptions {
  readonly allowForks: boolean
  readonly onRerun: (typeof ON_RERUN)[number]
  /** How many dispatches may follow one another from one cause. */
  readonly maxDepth: number
  /** Used for targets that name no ref; undefined: the target's default branch. */
  readonly defaultRef: string | undefined
  /** What serves repositories other than the source. */
  readonly credential: Credential
}

export const DEFAULT_MAX_DEPTH = 8
