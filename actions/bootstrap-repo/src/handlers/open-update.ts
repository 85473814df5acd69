import type { BootstrapAnswer, OpenUpdate } from '@switchyard/bootstrapping'
import { GitHubError, InternalError, splitFullName } from '@switchyard/core'
import type { GitHub, Permissions } from '@switchyard/github'
import type { PullRequestSeen } from '@switchyard/github/operations'
import type { Asked } from '@switchyard/ledger'
import { failWith } from './answers.ts'
import { type UpdateFiles, writeUpdateBranch } from './update-branch.ts'

export interface UpdatePorts {
  clientFor(owner: string, permissions: Permissions): Promise<GitHub>
  /** By the updates' ids. */
  readonly files: ReadonlyMap<string, UpdateFiles>
}

const OPENING: Permissions = { metadata: 'read', contents: 'write', pull_requests: 'write' }

/** Opens update pull requests, and finds those that are open. */
export function createUpdateHandler({ clientFor, files }: UpdatePorts): {
  apply(effect: OpenUpdate): Promise<BootstrapAnswer>
  ask(effect: OpenUpdate): Promise<Asked<BootstrapAnswer>>
} {
  const find = async (effect: OpenUpdate): Promise<PullRequestSeen | undefined> => {
    const { findOpenPullRequest } = await import('@switchyard/github/operations')
    const name = splitFullName(effect.repository)
    return findOpenPullRequest(await clientFor(name.owner, OPENING), name, { head: effect.branch, base: effect.base })
  }

  const open = async (effect: OpenUpdate, update: UpdateFiles): Promise<PullRequestSeen> => {
    const { createPullRequest } = await import('@switchyard/github/operations')
    const name = splitFullName(effect.repository)
    const hasWorkflows = [...update.changes.keys()].some((path) => path.startsWith('.github/workflows/'))
    const github = await clientFor(name.owner, hasWorkflows ? { ...OPENING, workflows: 'write' } : OPENING)
    await writeUpdateBranch(github, name, { effect, update })
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
