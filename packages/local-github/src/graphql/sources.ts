import type { Commit, FileMode, Oid } from '../git/types.ts'
import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Issue,
  Label,
  Milestone,
  Reaction,
  ReactionContent,
  Repository,
  Workflow,
  WorkflowRun,
} from '../world/types.ts'

export interface RefValue {
  readonly repository: Repository
  /** The full name: `refs/heads/main`. */
  readonly name: string
  readonly oid: Oid
}

export interface CommitValue {
  readonly repository: Repository
  readonly commit: Commit
}

export interface TreeValue {
  readonly repository: Repository
  readonly oid: Oid
  /** Where it was reached from, for the paths of its entries. */
  readonly path: string
}

export interface BlobValue {
  readonly repository: Repository
  readonly oid: Oid
  readonly data: Buffer
}

export interface EntryValue {
  readonly repository: Repository
  readonly mode: FileMode
  readonly type: 'blob' | 'tree' | 'commit'
  readonly name: string
  readonly path: string
  readonly oid: Oid
}

export type Reactable = { readonly kind: 'issue'; readonly issue: Issue } | { readonly kind: 'comment'; readonly comment: Comment }

export interface ReactionGroupValue {
  readonly subject: Reactable
  readonly content: ReactionContent
}

/** What the resolvers of each type of GitHub's schema work on. */
export interface Sources {
  readonly Query: null
  readonly Mutation: null
  readonly Repository: Repository
  readonly User: Account
  readonly Bot: Account
  readonly Organization: Account
  readonly Ref: RefValue
  readonly Commit: CommitValue
  readonly Tree: TreeValue
  readonly Blob: BlobValue
  readonly TreeEntry: EntryValue
  readonly Issue: Issue
  readonly IssueComment: Comment
  readonly Label: Label
  readonly Milestone: Milestone
  readonly Reaction: Reaction
  readonly ReactionGroup: ReactionGroupValue
  readonly CheckSuite: CheckSuite
  readonly CheckRun: CheckRun
  readonly App: App
  readonly Workflow: Workflow
  readonly WorkflowRun: WorkflowRun
}

export type SourceType = keyof Sources

/** A value of the world with the name of its type; graphql-js reads `__typename` where a field has an interface or a union. */
export interface Source<Type extends SourceType = SourceType> {
  readonly __typename: Type
  readonly value: Sources[Type]
}

export function source<Type extends SourceType>(type: Type, value: Sources[Type]): Source<Type> {
  return { __typename: type, value }
}

export function isSource<Type extends SourceType>(type: Type, value: unknown): value is Source<Type> {
  return typeof value === 'object' && value !== null && '__typename' in value && value.__typename === type
}

export function accountSource(account: Account): Source<'User' | 'Bot' | 'Organization'> {
  return source(account.type, account)
}
