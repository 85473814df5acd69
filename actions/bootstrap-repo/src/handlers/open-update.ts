import type { BootstrapAnswer, OpenUpdate } from '@switchyard/bootstrapping'
import { GitHubError, InternalError, splitFullName } from '@switchyard/core'
import type { GitHub, RepositoryName } from '@switchyard/github'
import type { TreeFile } from '@switchyard/bootstrapping'
import type { PullRequestSeen } from '@switchyard/github/operations'
import type { Asked } from '@switchyard/ledger'
import { failWith } from './answers.ts'

/** What an update changes: a file, or null for one that goes. */
export interface UpdateFiles {
  /** The commit of the base branch that the merge was made on, and its tree. */
  readonly parent: string
  readonly parentTree: string
  readonly changes: ReadonlyMap<string, TreeFile | null>
}

export interface UpdatePorts {
  clientFor(owner: string): Promise<GitHub>
  /** By the updates' ids. */
  readonly files: ReadonlyMap<string, UpdateFiles>
}

/** Opens update pull requests, and finds those that are open. */
export function createUpdateHandler({ clientFor, files }: UpdatePorts): {
  apply(effect: OpenUpdate): Promise<BootstrapAnswer>
  ask(effect: OpenUpdate): Promise<Asked<BootstrapAnswer>>
} {
  const find = async (effect: OpenUpdate): Promise<PullRequestSeen | undefined> => {
    const { findOpenPullRequest } = await import('@switchyard/github/operations')
    const name = splitFullName(effect.repository)
    return findOpenPullRequest(await clientFor(name.owner), name, { head: effect.branch, base: effect.base })
  }

  const open = async (effect: OpenUpdate, update: UpdateFiles): Promise<PullRequestSeen> => {
    const { createPullRequest } = await import('@switchyard/github/operations')
    const name = splitFullName(effect.repository)
    const github = await clientFor(name.owner)
    await writeBranch(github, name, { effect, update })
    try {
      return await createPullRequest(github, name, { title: effect.title, body: effect.body, head: effect.branch, base: effect.base })
    } catch (error) {
      // It is there already, or the answer was lost: looking is sure.
      const mayBeThere = error instanceof GitHubError && (error.isAmbiguous || error.status === 422)
      const found = mayBeThere ? await find(effect) : undefined
      if (found === undefined) throw error
      return found
    }
  }

  return {
    async apply(effect) {
      const update = files.get(effect.update_id)
      if (update === undefined) throw new InternalError('An update was to be opened that nobody has the files for.')
      try {
        return toAnswer(await open(effect, update))
      } catch (error) {
        return failWith(error)
      }
    },
    async ask(effect) {
      const found = await find(effect)
      if (found) return { kind: 'answered', answer: toAnswer(found) }
      if (files.has(effect.update_id)) return { kind: 'not-started' }
      const error = { code: 'RUN_ABANDONED', message: 'The process that opened the pull request is gone; the next update opens it.' }
      return { kind: 'answered', answer: { kind: 'failed', error } }
    },
  }
}

function toAnswer({ number, url }: PullRequestSeen): BootstrapAnswer {
  return { kind: 'update', number, url }
}

/** One commit on top of the base, at the update's own branch; a branch that an earlier attempt left is moved there. */
async function writeBranch(github: GitHub, repository: RepositoryName, { effect, update }: { readonly effect: OpenUpdate; readonly update: UpdateFiles }): Promise<void> {
  const operations = await import('@switchyard/github/operations')
  const { toTreeEntries } = await import('./tree-entries.ts')
  const files = await toTreeEntries(github, repository, update.changes)
  const tree = await operations.createTree(github, repository, { base: update.parentTree, files })
  const { sha } = await operations.createCommit(github, repository, { message: effect.title, tree, parents: [update.parent] })
  const ref = `refs/heads/${effect.branch}`
  const made = await operations.createRef(github, repository, { ref, sha })
  if (!made.created && made.sha !== sha) await operations.updateRef(github, repository, { ref, sha, force: true })
}
