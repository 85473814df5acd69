import { GitHubError } from '@switchyard/core'
import { emptyRepositoryError, forbiddenError } from './errors.ts'
import { getText } from './github-answers.ts'
import { splitRepository } from './github-selection.ts'
import type { CreateOutcome, LedgerPlace } from './store.ts'

/** REST as the ledger needs it: a method and route template, and what fills it. Throws `GitHubError` for what is not 2xx. */
export type RestRequest = (
  route: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<{ readonly status: number; readonly data: unknown }>

/** Begins the branch with a commit without parents: tree, commit and ref, since `createCommitOnBranch` needs a branch to be there. */
export async function createOnGithub(rest: RestRequest, place: LedgerPlace, files: ReadonlyMap<string, string>): Promise<CreateOutcome> {
  const { owner, name } = splitRepository(place.repository)
  const target = { owner, repo: name }
  try {
    const tree = await rest('POST /repos/{owner}/{repo}/git/trees', {
      ...target,
      tree: [...files].map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
    })
    const commit = await rest('POST /repos/{owner}/{repo}/git/commits', {
      ...target,
      message: `Begin the ledger ${place.branch}`,
      tree: getText(tree.data, 'sha'),
      parents: [],
    })
    const head = getText(commit.data, 'sha')
    return await createRef(rest, { ...target, ref: `refs/heads/${place.branch}`, sha: head })
  } catch (error) {
    throw translate(place, error)
  }
}

/** GitHub answers 422 when somebody was faster, and also when a rule forbids the branch: whether it exists then tells which. */
async function createRef(rest: RestRequest, ref: { owner: string; repo: string; ref: string; sha: string }): Promise<CreateOutcome> {
  try {
    await rest('POST /repos/{owner}/{repo}/git/refs', ref)
    return { kind: 'created', head: ref.sha }
  } catch (error) {
    if (error instanceof GitHubError && error.status === 422) return { kind: 'exists' }
    throw error
  }
}

function translate(place: LedgerPlace, error: unknown): unknown {
  if (!(error instanceof GitHubError)) return error
  switch (error.code) {
    case 'GITHUB_CONFLICT':
      return emptyRepositoryError(place, error)
    case 'GITHUB_FORBIDDEN':
    case 'GITHUB_NOT_FOUND':
      return forbiddenError(place, 'write', error)
    default:
      return error
  }
}
