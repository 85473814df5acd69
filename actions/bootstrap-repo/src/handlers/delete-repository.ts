import type { BootstrapAnswer, DeleteRepository, Failure } from '@switchyard/bootstrapping'
import { splitFullName } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'
import type { Asked } from '@switchyard/ledger'
import type { GitRemote } from '@switchyard/workspace'
import { failWith } from './answers.ts'

export interface DeletionPorts {
  clientFor(owner: string): Promise<GitHub>
  remoteOf(repository: string): Promise<GitRemote>
}

const failed = (code: string, message: string): BootstrapAnswer => ({ kind: 'failed', error: { code, message } satisfies Failure })

/** Deletes what a run left over: only the repository of the id in the ledger, and only while it holds nothing but our commit. */
export function createDeletionHandler({ clientFor, remoteOf }: DeletionPorts): {
  apply(effect: DeleteRepository): Promise<BootstrapAnswer>
  ask(): Promise<Asked<BootstrapAnswer>>
} {
  return {
    async apply({ repository, commit }) {
      const { deleteRepository, readRepositoryByName } = await import('@switchyard/github/operations')
      const name = splitFullName(repository.full_name)
      try {
        const github = await clientFor(name.owner)
        const found = await readRepositoryByName(github, name)
        if (found === undefined) return { kind: 'deleted' }
        if (found.id !== repository.id) return failed('NOT_OURS', `${repository.full_name} is another repository now, and was not touched.`)
        const other = await findOtherWork(await remoteOf(repository.full_name), commit)
        if (other !== undefined) {
          return failed('REPOSITORY_CHANGED', `${repository.full_name} holds ${other}, which is not the run’s; it was not touched.`)
        }
        const outcome = await deleteRepository(github, { ...name, id: repository.id })
        return outcome === 'other'
          ? failed('NOT_OURS', `${repository.full_name} was renamed or replaced just now, and was not touched.`)
          : { kind: 'deleted' }
      } catch (error) {
        return failWith(error)
      }
    },
    // Deleting what is gone is no harm: the same is done again.
    ask: async () => ({ kind: 'not-started' }),
  }
}

/** A ref that is not our commit on `main`; undefined when there is none. */
async function findOtherWork(remote: GitRemote, commit: string | null): Promise<string | undefined> {
  const { probeRefs } = await import('@switchyard/workspace')
  const { refs } = await probeRefs({ ...remote, service: 'git-upload-pack' })
  const other = [...refs].find(([ref, oid]) => !(ref === 'HEAD' || ref === 'refs/heads/main') || oid !== commit)
  return other?.[0]
}
