import type { Oid } from '../git/types.ts'
import type { BranchProtection, OrganizationRuleset, Ruleset } from './rule-types.ts'

/** Moments are ISO 8601 in UTC without fractions, as GitHub writes them. */
export type Moment = string

export type Visibility = 'public' | 'private' | 'internal'
/** A person's role in a repository, from weak to strong. Source: docs.github.com, "Repository roles for an organization". */
export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'
export type Level = 'none' | 'read' | 'write' | 'admin'

/** The permissions of App tokens and fine-grained tokens that the embedded GitHub knows. Source: OpenAPI `app-permissions`. */
export const permissionNames = [
  'actions',
  'administration',
  'checks',
  'contents',
  'deployments',
  'environments',
  'issues',
  'members',
  'metadata',
  'packages',
  'pages',
  'pull_requests',
  'secrets',
  'single_file',
  'statuses',
  'vulnerability_alerts',
  'workflows',
  'attestations',
  'id_token',
  'discussions',
  'security_events',
  'models',
  'organization_administration',
] as const
export type PermissionName = (typeof permissionNames)[number]
export type Permissions = Readonly<Partial<Record<PermissionName, Level>>>

/** What an account pays for, which decides what its private repositories can have. */
export type Plan = 'free' | 'pro' | 'team' | 'enterprise'

export interface Account {
  readonly id: number
  plan: Plan
  readonly type: 'User' | 'Bot' | 'Organization'
  login: string
  name: string | undefined
  email: string | undefined
  readonly createdAt: Moment
  updatedAt: Moment
}

/** What an organisation lets its members do. */
export interface Organization {
  readonly accountId: number
  readonly members: Map<number, 'member' | 'admin'>
  defaultRepositoryRole: Role
  membersCanCreateRepositories: boolean
  membersCanCreatePublicRepositories: boolean
  membersCanCreatePrivateRepositories: boolean
  membersCanDeleteRepositories: boolean
  readonly rulesets: OrganizationRuleset[]
  readonly teams: Team[]
}

export interface Team {
  readonly id: number
  readonly organizationId: number
  readonly name: string
  readonly slug: string
  /** Ids of accounts. */
  readonly members: readonly number[]
  readonly createdAt: Moment
  readonly updatedAt: Moment
}

/** How pull requests may be merged. */
export interface MergeSettings {
  mergeCommit: boolean
  squash: boolean
  rebase: boolean
  auto: boolean
  updateBranch: boolean
  deleteBranch: boolean
}

/** A repository that was just made: `missing` is 404 everywhere, `empty` is 409 where REST asks for its git. */
export interface Unready {
  readonly as: 'missing' | 'empty'
  readonly answers: number
}

export interface Repository {
  readonly id: number
  ownerId: number
  name: string
  description: string | undefined
  homepage: string | undefined
  visibility: Visibility
  defaultBranch: string
  archived: boolean
  features: { issues: boolean; actions: boolean; projects: boolean; wiki: boolean; discussions: boolean }
  readonly merging: MergeSettings
  readonly collaborators: Map<number, Role>
  readonly rulesets: Ruleset[]
  /** By the branch's name. */
  readonly protections: Map<string, BranchProtection>
  topics: readonly string[]
  /** How many requests still meet it as if it were not there yet. */
  unready: Unready | undefined
  /** Commits made through the API, which GitHub signs. */
  readonly signedCommits: Set<Oid>
  /** The next number for an issue. */
  nextNumber: number
  nextRunNumbers: Map<number, number>
  readonly createdAt: Moment
  updatedAt: Moment
  pushedAt: Moment
}

export interface App {
  readonly id: number
  readonly slug: string
  readonly clientId: string
  readonly name: string
  readonly ownerId: number
  readonly botId: number
  readonly publicKeyPem: string
  readonly permissions: Permissions
  readonly events: readonly string[]
  readonly createdAt: Moment
}

export interface Installation {
  readonly id: number
  readonly appId: number
  readonly accountId: number
  readonly permissions: Permissions
  /** Repository ids, or every repository of the account, later ones too. */
  repositories: 'all' | number[]
  suspended: boolean
  readonly createdAt: Moment
}

export type TokenKind = 'job' | 'installation' | 'classic' | 'fine-grained'

/** A credential. Only its SHA-256 is kept, so that no state, log or snapshot holds a token. */
export interface Token {
  readonly hash: string
  readonly kind: TokenKind
  /** Whose doing a request is: a user, or an App's bot. */
  readonly accountId: number
  readonly appId: number | undefined
  readonly installationId: number | undefined
  readonly repositories: 'all' | readonly number[]
  /** Unused for classic tokens, which have scopes. */
  readonly permissions: Permissions
  readonly scopes: readonly string[]
  readonly createdAt: Moment
  readonly expiresAt: Moment | undefined
}

export interface Label {
  readonly id: number
  readonly repositoryId: number
  name: string
  color: string
  description: string | undefined
  readonly isDefault: boolean
}

export interface Milestone {
  readonly id: number
  readonly repositoryId: number
  readonly number: number
  title: string
  description: string | undefined
  state: 'open' | 'closed'
  dueOn: Moment | undefined
  readonly creatorId: number
  readonly createdAt: Moment
  updatedAt: Moment
  closedAt: Moment | undefined
}

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened'

export interface Issue {
  readonly id: number
  readonly repositoryId: number
  readonly number: number
  readonly authorId: number
  /** The App through which it was made, if any. */
  readonly appId: number | undefined
  title: string
  body: string | undefined
  /** The last edit of its body. */
  edited: { readonly at: Moment; readonly byId: number } | undefined
  state: 'open' | 'closed'
  stateReason: StateReason | undefined
  labelIds: number[]
  assigneeIds: number[]
  milestoneId: number | undefined
  locked: boolean
  lockReason: string | undefined
  /** Ids of its sub-issues, in order of priority. */
  subIssueIds: number[]
  parentId: number | undefined
  blockedByIds: number[]
  readonly createdAt: Moment
  updatedAt: Moment
  closedAt: Moment | undefined
  closedById: number | undefined
}

export { type Comment, type Reaction, type ReactionContent, reactionContents } from './comment-types.ts'
export type { CheckRun, CheckSuite, CheckStatus, CheckConclusion, CheckOutput, CheckAnnotation, CheckAction } from './check-types.ts'
export type {
  RunConclusion,
  RunOrigin,
  RunStatus,
  Workflow,
  WorkflowJob,
  WorkflowJobStep,
  WorkflowRun,
  WorkflowRunAttempt,
} from './actions-types.ts'
export type { BranchProtection, OrganizationRuleset, Ruleset, RulesetRule } from './rule-types.ts'
export type { BranchPolicy, Environment, EnvironmentReviewer } from './environment-types.ts'
export type { PullRequest } from './pull-types.ts'
export type { Release } from './release-types.ts'
export type { Setting } from './setting-types.ts'
