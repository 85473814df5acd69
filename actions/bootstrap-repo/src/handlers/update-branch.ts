import type { OpenUpdate, TreeFile } from '@switchyard/bootstrapping'
import { GitHubError, UserError } from '@switchyard/core'
import type { GitHub, RepositoryName } from '@switchyard/github'
import { inParallel } from '../in-parallel.ts'

/** What an update changes: a file, or null for one that goes. */
export interface UpdateFiles {
  /** The commit of the base branch that the merge was made on. */
  readonly parent: string
  readonly changes: ReadonlyMap<string, TreeFile | null>
}

interface Wanted {
  readonly effect: OpenUpdate
  readonly update: UpdateFiles
}

/**
 * One commit on top of the base, at the update's own branch. A branch that an earlier attempt left is gone on from and never moved back;
 * one that holds somebody's work is left as it is.
 *
 * @throws {UserError} `BRANCH_CHANGED`
 */
export async function writeUpdateBranch(github: GitHub, repository: RepositoryName, { effect, update }: Wanted): Promise<void> {
  const operations = await import('@switchyard/github/operations')
  const tree = await writeTree(github, repository, update)
  const message = `${effect.title}\n\n${signatureOf(effect, tree)}`
  const { sha } = await operations.createCommit(github, repository, { message, tree, parents: [update.parent] })
  const ref = `refs/heads/${effect.branch}`
  const made = await operations.createRef(github, repository, { ref, sha })
  if (made.created || made.sha === sha) return
  const tip = await operations.readCommit(github, repository, made.sha)
  if (!tip.message.trimEnd().endsWith(signatureOf(effect, tip.tree))) throw branchChanged(effect)
  if (tip.tree === tree) return
  const { sha: joined } = await operations.createCommit(github, repository, { message, tree, parents: [made.sha, update.parent] })
  try {
    await operations.updateRef(github, repository, { ref, sha: joined })
  } catch (error) {
    // It moved since it was looked at.
    throw error instanceof GitHubError && error.status === 422 ? branchChanged(effect, error) : error
  }
}

/** Whoever changes a commit of ours changes its tree, and whoever follows it up has another message. */
function signatureOf({ update_id }: OpenUpdate, tree: string): string {
  return `Switchyard-Update: ${update_id}\nSwitchyard-Tree: ${tree}`
}

function branchChanged({ branch, repository }: OpenUpdate, cause?: GitHubError): UserError {
  return new UserError('BRANCH_CHANGED', `The branch ${branch} of ${repository} holds somebody’s commits, and was left as it is.`, {
    hint: 'Open a pull request from it, or rename or delete it; the next update makes it anew.',
    ...(cause && { cause }),
  })
}

/** Files that are no text which are sent together: a release may bring hundreds of pictures. */
const MAX_BLOBS = 8

async function writeTree(github: GitHub, repository: RepositoryName, { parent, changes }: UpdateFiles): Promise<string> {
  const { createBlob, createTree, readCommit } = await import('@switchyard/github/operations')
  const [{ tree: base }, files] = await Promise.all([
    readCommit(github, repository, parent),
    inParallel([...changes], MAX_BLOBS, async ([path, file]) => {
      if (file === null) return { path, mode: '100644' as const, content: null }
      const text = findText(file.content)
      return { path, mode: file.mode, content: text ?? { sha: await createBlob(github, repository, file.content) } }
    }),
  ])
  return createTree(github, repository, { base, files })
}

/** Text goes inline; what is no UTF-8 goes as a blob of its own. */
function findText(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
