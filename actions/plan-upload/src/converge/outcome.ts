import { InternalError } from '@switchyard/core'
import { type MadeInput, renderMade, renderStopped } from '@switchyard/planning/render'
import type { Recording } from '../ask-ledger.ts'
import { itemsOf } from '../card.ts'
import type { Door } from '../door.ts'
import { ideaOf } from '../observe.ts'
import type { Scene, Told } from '../scene.ts'
import type { Made } from './carry-out.ts'

interface Ended {
  readonly asked: Recording
  readonly scene: Scene
  readonly kind: MadeInput['kind']
  readonly made: ReadonlyMap<string, Made>
}

/** What making or changing the issues of a plan came to, for whoever asked. */
export async function tellConverged(door: Door, { asked, scene, kind, made }: Ended): Promise<Told> {
  const { observation, issue } = scene
  const { loaded, failure } = asked
  const idea = ideaOf(loaded, observation.subject)
  // The first time, an idea has its place only when its issues are made.
  const target = idea?.converging?.target ?? idea?.target
  if (!idea || !target) throw new InternalError('What is made has a place')
  const done = Object.keys(idea.items).length
  const here = { loaded, isChange: true, result: { issues: done, target: target.repository } }
  if (idea.failure !== null || idea.converging !== null) {
    const error = idea.failure ?? undefined
    const total = idea.converging?.items ?? done
    return {
      ...here,
      decision: 'failed',
      reasonCode: error === undefined ? 'unfinished' : 'not-made',
      headline:
        error?.message ??
        `The issues of #${issue.number} are not finished: ${failure ?? 'another run makes them'}. The next sweep goes on.`,
      reply: renderStopped({ done, total, error }),
    }
  }
  const { created = 0, changed = 0, conflicts = [], notes = [] } = made.get(observation.subject) ?? {}
  const items = await itemsOf(door, { idea, loaded })
  const byKey = new Map(items.map((item) => [item.key, item]))
  const epic = items.find(({ level, parent }) => level === 'epic' && parent === undefined)?.number
  return {
    ...here,
    decision: 'done',
    reasonCode: kind === 'materialised' ? 'materialised' : 'synced',
    headline: `${created} issues were made and ${changed} changed in ${target.repository}${conflicts.length === 0 ? '' : `; ${conflicts.length} were left alone, since people changed them too`}.`,
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
    result: { ...here.result, created, changed, conflicts: conflicts.length },
    outputs: { issues: String(created + changed), ...(epic !== undefined && { epic: String(epic) }) },
    annotations: notes.map((message) => ({ level: 'warning', message })),
  }
}
