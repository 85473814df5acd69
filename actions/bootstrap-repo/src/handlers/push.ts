import { ABANDONED, type BootstrapAnswer, type Push } from '@switchyard/bootstrapping'
import { GitHubError, InternalError, splitFullName, UserError } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'
import type { Asked, Intent } from '@switchyard/ledger'
import type { GitRemote, Patience, RefListing } from '@switchyard/workspace'
import { failWith } from './answers.ts'
import type { ApiCommit } from './commit-by-api.ts'
import { type Carrying, isCarried } from './resuming.ts'
import { GONE, isStillOurs } from './still-ours.ts'

export interface PushPorts {
  readonly carrying: Carrying | undefined
  clientFor(owner: string): Promise<GitHub>
  remoteOf(repository: string): Promise<GitRemote>
  readonly patience: Patience
}

/** How often a push is sent whose answers are lost. */
const MAX_TRIES = 3

/** Pushes the first commit, and finds out whether it is there. */
export function createPushHandler({ carrying, clientFor, remoteOf, patience }: PushPorts): {
  /** Asks the new repository for its refs while its checkpoint is written. */
  prefetch(repository: string): void
  apply(effect: Push): Promise<BootstrapAnswer>
  ask(effect: Push, intent: Intent<Push>): Promise<Asked<BootstrapAnswer>>
} {
  const listings = new Map<string, Promise<RefListing>>()

  const probe = async (repository: string): Promise<RefListing> => {
    const { probeRefs } = await import('@switchyard/workspace')
    return probeRefs({ ...(await remoteOf(repository)), patience })
  }

  const push = async ({ repository: { full_name: name } }: Push, { history, byApi, isSigned }: Carrying): Promise<BootstrapAnswer> => {
    if (isSigned) return commitThere(name, byApi)
    const { pushHistory } = await import('@switchyard/workspace')
    const remote = await remoteOf(name)
    for (let tries = 1; ; tries += 1) {
      try {
        const listing = await (listings.get(name) ?? probe(name))
        const { commit } = await pushHistory({ ...remote, history, branch: 'main', listing })
        return { kind: 'pushed', commit }
      } catch (error) {
        // Rules that the credential could not read beforehand show now.
        if (error instanceof UserError && error.code === 'PUSH_REJECTED' && (await asksSignatures(name))) return commitThere(name, byApi)
        if (!(error instanceof GitHubError && error.isAmbiguous)) return failWith(error)
        if ((await findMain(name)) === history.commit) return { kind: 'pushed', commit: history.commit }
        // The branch is made only while it is absent: the same commit can be sent again.
        if (tries === MAX_TRIES) throw error
        listings.delete(name)
      }
    }
  }

  const asksSignatures = async (name: string): Promise<boolean> => {
    const { readBranchRules } = await import('@switchyard/github/operations')
    const repository = splitFullName(name)
    const rules = await readBranchRules(await clientFor(repository.owner), repository, 'main')
    return rules?.includes('required_signatures') === true
  }

  const commitThere = async (name: string, commit: ApiCommit): Promise<BootstrapAnswer> => {
    const { commitByApi } = await import('./commit-by-api.ts')
    const repository = splitFullName(name)
    try {
      return { kind: 'pushed', commit: await commitByApi(await clientFor(repository.owner), repository, commit) }
    } catch (error) {
      return failWith(error)
    }
  }

  const findMain = async (name: string): Promise<string | undefined> => {
    const { readRef } = await import('@switchyard/github/operations')
    const { owner } = splitFullName(name)
    const found = await readRef(await clientFor(owner), splitFullName(name), 'refs/heads/main')
    return found.state === 'at' ? found.sha : undefined
  }

  return {
    prefetch(repository) {
      const asked = probe(repository)
      // Whoever pushes meets the error.
      asked.catch(() => undefined)
      listings.set(repository, asked)
    },
    async apply(effect) {
      if (!isCarried(carrying, effect)) throw new InternalError('A push was to be made that nobody has the files for.')
      return push(effect, carrying)
    },
    async ask(effect) {
      const { repository, commit } = effect
      const github = await clientFor(splitFullName(repository.full_name).owner)
      if (!(await isStillOurs(github, repository))) return { kind: 'answered', answer: GONE }
      const main = await findMain(repository.full_name)
      const isOurs = main !== undefined && (main === commit || (isCarried(carrying, effect) && main === carrying.history.commit))
      if (isOurs) return { kind: 'answered', answer: { kind: 'pushed', commit: main } }
      return isCarried(carrying, effect) ? { kind: 'not-started' } : { kind: 'answered', answer: { kind: 'failed', error: ABANDONED } }
    },
  }
}
