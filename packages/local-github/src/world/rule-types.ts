export type RulesetRule = 'creation' | 'update' | 'deletion' | 'non_fast_forward' | 'pull_request' | 'required_signatures'

export interface Ruleset {
  readonly id: number
  readonly name: string
  readonly enforcement: 'active' | 'disabled'
  /** Patterns of full ref names (`refs/heads/main`, `refs/heads/*`), `~ALL` or `~DEFAULT_BRANCH`. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly rules: readonly RulesetRule[]
  /** App ids and account ids that the rules do not bind. */
  readonly bypass: readonly { readonly kind: 'app' | 'user'; readonly id: number }[]
}

/** A ruleset of an organisation, over the branches of those of its repositories that a pattern names (`*`, `~ALL`). */
export interface OrganizationRuleset extends Ruleset {
  readonly repositories: readonly string[]
}

/** What a pull request needs to be merged. */
interface RequiredReviews {
  readonly approvals: number
  readonly dismissStale: boolean
  readonly codeOwners: boolean
  readonly lastPush: boolean
}

/** Classic protection of one branch: the part of `repos/update-branch-protection` that is kept. */
export interface BranchProtection {
  readonly pullRequest: RequiredReviews | undefined
  readonly statusChecks: { readonly strict: boolean; readonly contexts: readonly string[] } | undefined
  readonly enforceAdmins: boolean
  /** Logins that may push; undefined: whoever may write. */
  readonly pushers: readonly string[] | undefined
  readonly linearHistory: boolean
  readonly forcePushes: boolean
  readonly deletions: boolean
  readonly blockCreations: boolean
  readonly conversationResolution: boolean
  readonly locked: boolean
  readonly forkSyncing: boolean
}
