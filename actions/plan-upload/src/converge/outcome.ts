import { countOf, InternalError } from '@switchyard/core'
import type { Idea } from '@switchyard/planning'
import { type MadeInput, renderMade, renderStopped } from '@switchyard/planning/render'
import type { Recording } from '../ask-ledger.ts'
import { itemsOf } from '../card.ts'
import type { Door, PlanLoaded } from '../door.ts'
import { ideaOf } from '../observe.ts'
import { toReason } from '../reason-codes.ts'
import type { Scene, Told } from '../scene.ts'
import { DIFFERENCE_MOVED } from './carry-out.ts'
import type { Made } from './made.ts'

interface Ended {
  readonly asked: Recording
  readonly scene: Scene
  readonly kind: MadeInput['kind']
  readonly made: ReadonlyMap<string, Made>
}

/** What making or changing the issues of a plan came to, for whoever asked. */
export async function tellConverged(door: Door, { asked: { loaded, failure }, scene, kind, made }: Ended): Promise<Told> {
  const { subject } = scene.observation
  const idea = ideaOf(loaded, subject)
  // The first time, an idea has its place only when its issues are made.
  const target = idea?.converging?.target ?? idea?.target
  if (!idea || !target) throw new InternalError('What is made has a place')
  const ending: Ending = { scene, loaded, kind, idea, target, made: made.get(subject) }
  return idea.failure !== null || idea.converging !== null ? tellStopped(ending, failure) : tellMade(door, ending)
}

interface Ending extends Pick<Ended, 'scene' | 'kind'> {
  readonly loaded: PlanLoaded
  readonly idea: Idea
  readonly target: NonNullable<Idea['target']>
  /** undefined: an earlier run did it. */
  readonly made: Made | undefined
}

/** Of what is not all there: somebody has to mend something, or a later run goes on. */
function tellStopped({ scene: { issue }, loaded, kind, idea, target, made }: Ending, failure: string | undefined): Told {
  const error = idea.failure ?? undefined
  const isMoved = error?.code === DIFFERENCE_MOVED
  const known = Object.keys(idea.items).length
  const { resumesAt, ...counts } = { done: known, total: idea.converging?.items ?? known, ...made?.stopped }
  const why = resumesAt === undefined ? (failure ?? 'Another run makes them just now.') : undefined
  return {
    loaded,
    isChange: true,
    result: { issues: counts.done, target: target.repository },
    // That GitHub takes so many an hour is nobody's failure.
    decision: isMoved ? 'refused' : resumesAt === undefined ? 'failed' : 'done',
    reasonCode: error === undefined ? 'unfinished' : toReason(error.code),
    headline:
      error?.message ??
      `${counts.done} of ${counts.total} issues of #${issue.number} are there: ${why ?? 'GitHub takes no more this hour.'} The next sweep goes on.`,
    reply: isMoved ? `${error.message} ${error.hint}` : renderStopped({ kind, ...counts, error, resumesAt, why }),
  }
}

async function tellMade(door: Door, { loaded, kind, idea, target, made }: Ending): Promise<Told> {
  const { created, changed, conflicts = [], notes = [] } = made ?? {}
  const items = await itemsOf(door, { idea, loaded })
  const byKey = new Map(items.map((item) => [item.key, item]))
  const epic = items.find(({ level, parent }) => level === 'epic' && parent === undefined)?.number
  const left = conflicts.length === 0 ? '' : `; ${conflicts.length} were left alone, since people changed them too`
  return {
    loaded,
    isChange: true,
    decision: 'done',
    reasonCode: kind === 'materialised' ? 'materialised' : 'synced',
    headline: `${sayCount(created, changed)} in ${target.repository}${left}.`,
    reply: renderMade({
      kind,
      target: { repository: target.repository, url: `${door.given.context.serverUrl}/${target.repository}` },
      items,
      created,
      changed,
      conflicts: conflicts.map((conflict) => ({
        ...conflict,
        title: byKey.get(conflict.key)?.title ?? conflict.key,
        url: byKey.get(conflict.key)?.url,
      })),
      notes,
    }),
    result: {
      issues: Object.keys(idea.items).length,
      target: target.repository,
      ...(created !== undefined && { created, changed }),
      conflicts: conflicts.length,
    },
    outputs: { issues: String((created ?? 0) + (changed ?? 0)), ...(epic !== undefined && { epic: String(epic) }) },
    annotations: notes.map((message) => ({ level: 'warning', message })),
  }
}

/** undefined: an earlier run did it, and only that it was done is written down. */
function sayCount(created: number | undefined, changed: number | undefined): string {
  return created === undefined
    ? 'The issues are as the plan wants them'
    : `${countOf(created, 'issue')} ${created === 1 ? 'was' : 'were'} made and ${changed} changed`
}
