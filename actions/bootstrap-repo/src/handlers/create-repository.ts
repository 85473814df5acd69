import { ABANDONED, type BootstrapAnswer, type CreateRepository, type MadeRepository } from '@switchyard/bootstrapping'
import { GitHubError } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'
import type { RepositorySeen } from '@switchyard/github/operations'
import type { Asked, Intent } from '@switchyard/ledger'
import { translateCreation } from './answers.ts'
import { type Carrying, isCarried } from './resuming.ts'

export interface CreationPorts {
  readonly carrying: Carrying | undefined
  /** Whoever makes repositories there. */
  clientFor(owner: string): Promise<GitHub>
  sleep(ms: number): Promise<void>
}

/** Waits between looks after an answer was lost, in ms: a repository shows a moment after it was made. */
const LOOKS_MS = [0, 500, 2_000] as const
/** How often a creation is asked for whose answers are lost. */
const MAX_TRIES = 2
/** GitHub tells whole seconds, and its machines' clocks are not one. */
const CLOCK_TOLERANCE_MS = 5_000

/** Makes repositories, and finds out whether one that is there is ours. */
export function createCreationHandler({ carrying, clientFor, sleep }: CreationPorts): {
  apply(effect: CreateRepository, intent: Intent<CreateRepository>): Promise<BootstrapAnswer>
  ask(effect: CreateRepository, intent: Intent<CreateRepository>): Promise<Asked<BootstrapAnswer>>
} {
  /** The repository of this name, if it is surely the one that this run asked for. */
  const findOurs = async (effect: CreateRepository, intent: Intent<CreateRepository>): Promise<MadeRepository | undefined> => {
    const github = await clientFor(effect.owner)
    const { readRef, readRepositoryByName } = await import('@switchyard/github/operations')
    const found = await readRepositoryByName(github, { owner: effect.owner, name: effect.slug })
    if (found === undefined || !isNamed(found, effect)) return undefined
    const isMarked = found.description === describeUnfinished(effect.run_id) && found.createdAt >= intent.openedAt - CLOCK_TOLERANCE_MS
    if (isMarked) return toMade(found)
    const main = effect.commit === null ? undefined : await readRef(github, { owner: effect.owner, name: effect.slug }, 'refs/heads/main')
    return main?.state === 'at' && main.sha === effect.commit ? toMade(found) : undefined
  }

  const search = async (effect: CreateRepository, intent: Intent<CreateRepository>): Promise<MadeRepository | undefined> => {
    for (const wait of LOOKS_MS) {
      await sleep(wait)
      const found = await findOurs(effect, intent)
      if (found) return found
    }
    return undefined
  }

  const goesOn = (effect: CreateRepository): boolean => isCarried(carrying, effect)

  return {
    async apply(effect, intent) {
      const name = `${effect.owner}/${effect.slug}`
      const github = await clientFor(effect.owner)
      const { createRepository } = await import('@switchyard/github/operations')
      const { owner, owner_kind: kind, slug, visibility, run_id } = effect
      for (let tries = 1; ; tries += 1) {
        try {
          const made = await createRepository(github, {
            owner: { login: owner, kind },
            name: slug,
            visibility,
            description: describeUnfinished(run_id),
          })
          // A personal token makes personal repositories for its own person, whoever was meant.
          return { kind: 'repository', repository: toMade(made), goesOn: goesOn(effect) && isNamed(made, effect) }
        } catch (error) {
          if (!(error instanceof GitHubError)) throw error
          const mayBeThere = error.isAmbiguous || error.status === 422
          const found = mayBeThere ? await search(effect, intent) : undefined
          if (found) return { kind: 'repository', repository: found, goesOn: goesOn(effect) }
          if (!error.isAmbiguous) return { kind: 'failed', error: translateCreation(error, name) }
          // A name is given once: asked for again, there is one repository all the same.
          if (tries === MAX_TRIES) throw error
        }
      }
    },
    async ask(effect, intent) {
      const found = await search(effect, intent)
      if (found) return { kind: 'answered', answer: { kind: 'repository', repository: found, goesOn: goesOn(effect) } }
      return goesOn(effect) ? { kind: 'not-started' } : { kind: 'answered', answer: { kind: 'failed', error: ABANDONED } }
    },
  }
}

/** What a repository says of itself until it is complete: whoever finds it knows whose it is. */
export function describeUnfinished(runId: string): string {
  return `Being made by Switchyard, run ${runId}`
}

function isNamed({ fullName }: RepositorySeen, { owner, slug }: CreateRepository): boolean {
  return fullName.toLowerCase() === `${owner}/${slug}`.toLowerCase()
}

function toMade({ id, fullName, url, createdAt }: RepositorySeen): MadeRepository {
  return { id, full_name: fullName, url, created_at: createdAt }
}
