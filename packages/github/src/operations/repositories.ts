import { z } from 'zod'
import { isStatus } from './is-status.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export type Visibility = 'public' | 'private' | 'internal'

/** A repository, as REST tells it. */
export interface RepositorySeen {
  /** Never given to another repository, even when this one is deleted. */
  readonly id: number
  /** `owner/name`. Of a repository that was renamed, its new name. */
  readonly fullName: string
  readonly ownerId: number
  readonly description: string
  readonly visibility: Visibility
  /** Told although the branch may not exist yet. */
  readonly defaultBranch: string
  readonly isArchived: boolean
  readonly topics: readonly string[]
  readonly url: string
  readonly cloneUrl: string
  /** ms since the epoch. */
  readonly createdAt: number
  /** The viewer administers it; false for Apps, of which GitHub does not tell. */
  readonly mayAdminister: boolean
}

export interface RepositoryWishes {
  readonly description?: string
  readonly homepage?: string
  readonly hasIssues?: boolean
  readonly hasProjects?: boolean
  readonly hasWiki?: boolean
  readonly allowMergeCommit?: boolean
  readonly allowSquashMerge?: boolean
  readonly allowRebaseMerge?: boolean
  readonly allowAutoMerge?: boolean
  readonly deleteBranchOnMerge?: boolean
}

export interface RepositoryChange extends RepositoryWishes {
  readonly name?: string
  readonly visibility?: Visibility
  /** Must exist: GitHub refuses a branch that does not. */
  readonly defaultBranch?: string
  readonly archived?: boolean
}

export interface NewRepository extends RepositoryWishes {
  /** A user can only be the token's own. */
  readonly owner: { readonly login: string; readonly kind: 'user' | 'organization' }
  readonly name: string
  readonly visibility: Visibility
  /** GitHub makes a first commit with a README; without it the repository is empty, and its git refuses what is not a push. */
  readonly autoInit?: boolean
}

const repository = z.object({
  id: z.number(),
  full_name: z.string(),
  owner: z.object({ id: z.number() }),
  description: z.string().nullish(),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  default_branch: z.string(),
  archived: z.boolean().default(false),
  topics: z.array(z.string()).default([]),
  html_url: z.string(),
  clone_url: z.string(),
  created_at: z.string(),
  permissions: z.object({ admin: z.boolean() }).optional(),
})

function parseSeen(data: unknown): RepositorySeen {
  const found = repository.parse(data)
  return {
    id: found.id,
    fullName: found.full_name,
    ownerId: found.owner.id,
    description: found.description ?? '',
    visibility: found.visibility ?? (found.private ? 'private' : 'public'),
    defaultBranch: found.default_branch,
    isArchived: found.archived,
    topics: found.topics,
    url: found.html_url,
    cloneUrl: found.clone_url,
    createdAt: Date.parse(found.created_at),
    mayAdminister: found.permissions?.admin ?? false,
  }
}

function toFields(wishes: RepositoryWishes): Readonly<Record<string, unknown>> {
  return withoutUndefined({
    description: wishes.description,
    homepage: wishes.homepage,
    has_issues: wishes.hasIssues,
    has_projects: wishes.hasProjects,
    has_wiki: wishes.hasWiki,
    allow_merge_commit: wishes.allowMergeCommit,
    allow_squash_merge: wishes.allowSquashMerge,
    allow_rebase_merge: wishes.allowRebaseMerge,
    allow_auto_merge: wishes.allowAutoMerge,
    delete_branch_on_merge: wishes.deleteBranchOnMerge,
  })
}

const withoutUndefined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/**
 * Makes a repository, once: a lost answer is not asked for again.
 *
 * @throws {GitHubError} `GITHUB_FORBIDDEN` when the owner or the token does not allow it; `GITHUB_UNPROCESSABLE` with `fields`
 * naming `name` when the name is taken or cannot be.
 */
export async function createRepository(github: GitHubPort, wanted: NewRepository): Promise<RepositorySeen> {
  const fields = { ...toFields(wanted), name: wanted.name, private: wanted.visibility !== 'public', auto_init: wanted.autoInit ?? false }
  const { data } =
    wanted.owner.kind === 'user'
      ? await github.request('POST /user/repos', fields)
      : await github.request('POST /orgs/{org}/repos', { ...fields, org: wanted.owner.login, visibility: wanted.visibility })
  return parseSeen(data)
}

/** Undefined when it does not exist or the token cannot see it: GitHub does not tell which. Any other answer is an error. */
export async function readRepositoryByName(github: GitHubPort, name: RepositoryName): Promise<RepositorySeen | undefined> {
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}', { owner: name.owner, repo: name.name })
    return parseSeen(data)
  } catch (error) {
    if (isStatus(error, 404)) return undefined
    throw error
  }
}

/** Changes what is named and leaves the rest. */
export async function updateRepository(github: GitHubPort, name: RepositoryName, change: RepositoryChange): Promise<RepositorySeen> {
  const fields = withoutUndefined({
    ...toFields(change),
    name: change.name,
    visibility: change.visibility,
    default_branch: change.defaultBranch,
    archived: change.archived,
  })
  // A new name makes the old route a redirect, so that only other changes can be sent twice.
  const idempotent = change.name === undefined
  const { data } = await github.request('PATCH /repos/{owner}/{repo}', { owner: name.owner, repo: name.name, ...fields }, { idempotent })
  return parseSeen(data)
}

/**
 * Deletes the repository of this id and no other: `other` when the name belongs to another one by now, `gone` when nobody has it.
 * The name is looked up first, since GitHub deletes by name only.
 */
export async function deleteRepository(
  github: GitHubPort,
  wanted: RepositoryName & { readonly id: number },
): Promise<'deleted' | 'gone' | 'other'> {
  const found = await readRepositoryByName(github, wanted)
  if (found === undefined) return 'gone'
  // A redirect shows the same id under another name, and a write would not follow it.
  if (found.id !== wanted.id || found.fullName.toLowerCase() !== `${wanted.owner}/${wanted.name}`.toLowerCase()) return 'other'
  try {
    await github.request('DELETE /repos/{owner}/{repo}', { owner: wanted.owner, repo: wanted.name })
    return 'deleted'
  } catch (error) {
    if (isStatus(error, 404)) return 'gone'
    throw error
  }
}
