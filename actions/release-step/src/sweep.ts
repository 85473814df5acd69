import type { Outcome } from '@switchyard/action'
import { findArchivedSince, matrixDocument, releaseSubject } from '@switchyard/releasing'
import type { Refused } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import { numbersOf, pictureOf } from './draw-release.ts'
import { LOOK_BACK_MS } from './limits.ts'
import { type Cared, lookAfter } from './look-after.ts'
import type { Spec } from './inputs.ts'
import { answerStrays, readRecent } from './strays.ts'
import { outcomeOf, type Synced, syncTemplates, type SyncWish } from './sync.ts'

/**
 * What lost runs left: templates that no push brought, commands that nobody answered, boards and check runs that are not as the ledger
 * has them. One release that cannot be looked after keeps none of the others waiting, but the run fails by it.
 */
export async function sweep(door: Door, { slug }: SyncWish): Promise<Outcome<Spec>> {
  const isDryRun = door.given.inputs.dryRun
  const reading = isDryRun || slug !== undefined ? undefined : readRecent(door)
  reading?.catch(() => undefined)
  const synced = await syncTemplates(door, { slug })
  const only = synced.slugs.length === 1 ? synced.slugs[0] : undefined
  const outcome = (refused: readonly Refused[]): Outcome<Spec> =>
    outcomeOf({ ...synced, refused: [...synced.refused, ...refused] }, { slug: only, isDryRun, board: undefined })
  if (isDryRun) return outcome([])
  const closed = await loadClosed(door, { synced, slug })
  const { control } = synced
  const cared = await Promise.all([
    ...synced.slugs.map((each) => lookAfter(door, { slug: each, loaded: synced.loaded, control })),
    ...closed.slugs.map((each) => lookAfter(door, { slug: each, loaded: closed.loaded, control })),
  ])
  const boards = [synced, closed].flatMap(({ slugs, loaded }) =>
    slugs.flatMap((each) => {
      const picture = pictureOf(loaded, each)
      return picture === undefined ? [] : numbersOf(picture.release)
    }),
  )
  const strays = await answerStrays(door, { recent: (await reading) ?? [], boards })
  return tell(outcome([...cared, ...strays].flatMap(({ trouble }) => trouble ?? [])), [...cared, ...strays])
}

/** Whoever archived a release may have been killed before it was told and drawn: for a day it is looked after, too. */
async function loadClosed(
  door: Door,
  { synced, slug }: { readonly synced: Synced; readonly slug: string | undefined },
): Promise<Pick<Synced, 'slugs' | 'loaded'>> {
  const since = door.github.serverNow() - LOOK_BACK_MS
  const slugs = findArchivedSince(synced.releases, since).filter((each) => slug === undefined || each === slug)
  if (slugs.length === 0) return { slugs, loaded: synced.loaded }
  const loaded = await door.ledger.load({
    subjects: slugs.map(releaseSubject),
    idempotencyKeys: [],
    documents: slugs.map(matrixDocument),
  })
  return { slugs, loaded }
}

function tell(outcome: Outcome<Spec>, cared: readonly Cared[]): Outcome<Spec> {
  const sum = (of: (one: Cared) => number): number => cared.reduce((total, one) => total + of(one), 0)
  const [answered, redrawn] = [sum((one) => one.answered), sum((one) => one.redrawn)]
  const changes = Number(outcome.outputs?.changes ?? 0) + sum((one) => one.changes)
  const percent = cared.length === 1 ? cared[0]?.percent : undefined
  const now = {
    ...outcome,
    outputs: { ...outcome.outputs, changes: String(changes), ...(percent !== undefined && { percent }) },
    result: { ...outcome.result, changes, ...(percent !== undefined && { percent: percent === '' ? null : Number(percent) }) },
  }
  if (outcome.decision === 'refused' || answered + redrawn === 0) return now
  const told = [
    ...(answered === 0 ? [] : [`Commands that had waited on ${answered === 1 ? 'an issue were' : `${answered} issues were`} answered.`]),
    ...(redrawn === 0 ? [] : [`${redrawn === 1 ? 'One rendering was' : `${redrawn} renderings were`} drawn anew.`]),
    ...(outcome.decision === 'done' ? [outcome.headline] : []),
  ]
  return {
    ...now,
    decision: 'done',
    reasonCode: answered > 0 || outcome.decision === 'done' ? 'commanded' : 'repaired',
    headline: told.join(' '),
  }
}
