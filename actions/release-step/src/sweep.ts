import type { Outcome } from '@switchyard/action'
import { toSwitchyardError, UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import { matrixDocument, releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { checkName, renderCheck } from '@switchyard/releasing/render'
import { converse } from './converse.ts'
import type { Door } from './door.ts'
import { drawAll, drawingsOf, numbersOf, type Picture, pictureOf, warn } from './draw-release.ts'
import { lookAtIssue } from './first-look.ts'
import { makeBoard } from './make-board.ts'
import type { Spec } from './run.ts'
import { completeSurfaces } from './surfaces.ts'
import { outcomeOf, syncTemplates, type SyncWish } from './sync.ts'
import { takeUnread } from './take-unread.ts'

/**
 * What lost runs left: templates that no push brought, commands that nobody answered, boards and check runs that are not as the ledger
 * has them. One release that cannot be looked after keeps none of the others waiting.
 */
export async function sweep(door: Door, { slug }: SyncWish): Promise<Outcome<Spec>> {
  const synced = await syncTemplates(door, { slug })
  const isDryRun = door.given.inputs.dryRun
  const handled = isDryRun ? [] : await Promise.all(synced.slugs.map((each) => lookAfter(door, { slug: each, synced })))
  const outcome = outcomeOf(synced, { slug: synced.slugs.length === 1 ? synced.slugs[0] : undefined, isDryRun, board: undefined })
  const answered = handled.reduce((sum, one) => sum + one, 0)
  if (answered === 0 || outcome.decision === 'refused') return outcome
  return {
    ...outcome,
    decision: 'done',
    reasonCode: 'commanded',
    headline: `Commands that had waited on ${answered === 1 ? 'an issue were' : `${answered} issues were`} answered. ${outcome.headline}`,
  }
}

interface Cared {
  readonly slug: string
  readonly synced: Awaited<ReturnType<typeof syncTemplates>>
}

/** Returns on how many of its issues commands had waited. */
async function lookAfter(door: Door, { slug, synced: { loaded, control } }: Cared): Promise<number> {
  try {
    const picture = pictureOf(loaded, slug)
    const answered = picture === undefined ? 0 : await answerWaiting(door, picture.release)
    await repair(door, { slug, control })
    return answered
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { message, hint = '' } = toSwitchyardError(error)
    warn(door, `${slug} could not be looked after: ${message} ${hint}`)
    return 0
  }
}

/** One issue after another: each run of commands goes on from the ledger that the one before left. */
async function answerWaiting(door: Door, release: ReleaseState): Promise<number> {
  let answered = 0
  for (const issue of numbersOf(release)) {
    const wish = { kind: 'converse', issue, slug: release.slug } as const
    const { reasonCode } = await converse(door, wish, await lookAtIssue(door, wish))
    if (reasonCode !== 'nothing-new') answered += 1
  }
  return answered
}

/** Writes only what differs: a sweep of what is sound writes nothing. */
async function repair(door: Door, { slug, control }: { readonly slug: string; readonly control: RepositoryFacts }): Promise<void> {
  const loaded = await door.ledger.load({ subjects: [releaseSubject(slug)], idempotencyKeys: [], documents: [matrixDocument(slug)] })
  const picture = pictureOf(loaded, slug)
  if (picture === undefined) return
  const { picture: made, fresh } = await makeBoard(door, { picture, loaded, surfaces: undefined })
  const surfaces = await completeSurfaces(door, { numbers: numbersOf(made.release), known: undefined, fresh, withBodies: true })
  const { after = made, waiting, beside } = await takeUnread(door, { picture: made, surfaces })
  const issues = new Map([...surfaces.issues].filter(([number]) => !waiting.includes(number)))
  await drawAll(door, [...drawingsOf(door, { before: undefined, after, surfaces: { ...surfaces, issues } }), ...beside])
  await repairCheck(door, after, control)
}

async function repairCheck({ github, given: { context } }: Door, picture: Picture, control: RepositoryFacts): Promise<void> {
  const { slug, commit } = picture.release
  const headSha = commit === '' ? control.head : commit
  if (headSha === undefined) return
  const { drawCheckRun, findLatestCheckRun } = await import('@switchyard/github/operations')
  const { title, summary, conclusion } = renderCheck(picture)
  const shown = await findLatestCheckRun(github, { repository: context.repository, headSha, name: checkName(slug) })
  if (shown?.title === title && shown.conclusion === conclusion) return
  await drawCheckRun(
    github,
    { repository: context.repository, headSha, name: checkName(slug), key: slug, conclusion, title, summary },
    false,
  )
}
