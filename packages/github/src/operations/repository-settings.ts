import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import { isStatus } from './is-status.ts'

export interface LabelWanted {
  readonly name: string
  /** Six hex digits, without `#`. */
  readonly color: string
  /** At most 100 characters (REST: issues/create-label). */
  readonly description?: string
}

/** Who has to agree to a deployment. */
export interface Reviewer {
  readonly type: 'User' | 'Team'
  readonly id: number
}

export interface EnvironmentWanted {
  readonly name: string
  /** 0 to 43,200; beyond 0 a matter of the plan on private repositories. */
  readonly waitMinutes?: number
  /** At most six; a matter of the plan on private repositories. */
  readonly reviewers?: readonly Reviewer[]
  readonly preventSelfReview?: boolean
  /** Which branches may deploy: the protected ones, or those of these patterns (fnmatch). All unless said. */
  readonly branches?: 'protected' | readonly string[]
}

export interface ProtectionWanted {
  readonly branch: string
  /** Approvals a pull request needs; undefined: pull requests are not asked for. */
  readonly approvals?: number
  readonly dismissStaleReviews?: boolean
  readonly requireCodeOwners?: boolean
  /** Names of checks that must have passed. */
  readonly checks?: readonly string[]
  /** The branch must be up to date with its base before merging. */
  readonly strictChecks?: boolean
  readonly enforceAdmins?: boolean
  readonly linearHistory?: boolean
  readonly conversationResolution?: boolean
  readonly allowForcePushes?: boolean
  readonly allowDeletions?: boolean
}

const place = (repository: RepositoryName) => ({ owner: repository.owner, repo: repository.name })

/** Replaces all topics. Returns them as GitHub keeps them: in lower case. */
export async function setTopics(github: GitHubPort, repository: RepositoryName, topics: readonly string[]): Promise<readonly string[]> {
  const { data } = await github.request(
    'PUT /repos/{owner}/{repo}/topics',
    { ...place(repository), names: [...topics] },
    { idempotent: true },
  )
  return z.object({ names: z.array(z.string()) }).parse(data).names
}

/** Makes a label, or changes the one of this name, so that it may be asked for twice. Names compare without case; the spelling that is there stays. */
export async function createLabel(github: GitHubPort, repository: RepositoryName, wanted: LabelWanted): Promise<'created' | 'updated'> {
  const fields = { color: wanted.color, ...(wanted.description === undefined ? {} : { description: wanted.description }) }
  try {
    await github.request('POST /repos/{owner}/{repo}/labels', { ...place(repository), name: wanted.name, ...fields }, { idempotent: true })
    return 'created'
  } catch (error) {
    const isThere = error instanceof GitHubError && error.status === 422 && error.fields.some(({ code }) => code === 'already_exists')
    if (!isThere) throw error
  }
  await github.request(
    'PATCH /repos/{owner}/{repo}/labels/{name}',
    { ...place(repository), name: wanted.name, ...fields },
    { idempotent: true },
  )
  return 'updated'
}

/**
 * Makes an environment or brings it to this state; patterns that are there beyond those wanted are left.
 *
 * @throws {GitHubError} `GITHUB_UNPROCESSABLE` when the plan has no such rules for a private repository.
 */
export async function putEnvironment(github: GitHubPort, repository: RepositoryName, wanted: EnvironmentWanted): Promise<void> {
  const { branches } = wanted
  const environment = { ...place(repository), environment_name: wanted.name }
  const policy =
    branches === undefined ? null : { protected_branches: branches === 'protected', custom_branch_policies: branches !== 'protected' }
  await github.request(
    'PUT /repos/{owner}/{repo}/environments/{environment_name}',
    {
      ...environment,
      deployment_branch_policy: policy,
      ...(wanted.waitMinutes === undefined ? {} : { wait_timer: wanted.waitMinutes }),
      ...(wanted.preventSelfReview === undefined ? {} : { prevent_self_review: wanted.preventSelfReview }),
      ...(wanted.reviewers === undefined ? {} : { reviewers: [...wanted.reviewers] }),
    },
    { idempotent: true },
  )
  for (const name of branches === undefined || branches === 'protected' ? [] : branches) await addBranchPattern(github, environment, name)
}

async function addBranchPattern(github: GitHubPort, environment: Readonly<Record<string, unknown>>, name: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies'
  try {
    await github.request(route, { ...environment, name }, { idempotent: true })
  } catch (error) {
    // See Other: it is there already (REST: repos/create-deployment-branch-policy).
    if (!isStatus(error, 303)) throw error
  }
}

/**
 * Protects a branch that exists; what is not wanted is switched off.
 *
 * @throws {GitHubError} `GITHUB_FORBIDDEN` when the token may not, and when the plan has no protection for a private repository:
 * GitHub tells the two apart in words only.
 */
export async function protectBranch(github: GitHubPort, repository: RepositoryName, wanted: ProtectionWanted): Promise<void> {
  const { approvals, checks } = wanted
  await github.request(
    'PUT /repos/{owner}/{repo}/branches/{branch}/protection',
    {
      ...place(repository),
      branch: wanted.branch,
      required_status_checks: checks === undefined ? null : { strict: wanted.strictChecks ?? false, contexts: [...checks] },
      enforce_admins: wanted.enforceAdmins ?? false,
      required_pull_request_reviews:
        approvals === undefined
          ? null
          : {
              required_approving_review_count: approvals,
              dismiss_stale_reviews: wanted.dismissStaleReviews ?? false,
              require_code_owner_reviews: wanted.requireCodeOwners ?? false,
            },
      restrictions: null,
      required_linear_history: wanted.linearHistory ?? false,
      required_conversation_resolution: wanted.conversationResolution ?? false,
      allow_force_pushes: wanted.allowForcePushes ?? false,
      allow_deletions: wanted.allowDeletions ?? false,
    },
    { idempotent: true },
  )
}
