import type { Outcome } from '@switchyard/action'
import type { Surfaces } from '@switchyard/github/operations'
import { findBoardMarker } from '@switchyard/releasing/render'
import { findActivated } from './activated.ts'
import { type Answer, answerTo } from './answers.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawAnswers } from './draw-answers.ts'
import { numbersOf, type Picture, pictureOf } from './draw-release.ts'
import type { Spec } from './inputs.ts'
import { findOwn, mayOpenIssues } from './make-board.ts'
import { type Observation, observe } from './observe.ts'
import { findOurs, readWithAnswered } from './own-answers.ts'
import { isShowing } from './requests.ts'
import type { FirstLook } from './first-look.ts'
import { readRules } from './rules.ts'
import { settle } from './settle.ts'
import { summarise } from './summarise.ts'
import { readSurfaces } from './surfaces.ts'
import { understand, type Understood } from './understand.ts'
import { findWaiting, readWaiting, type Waiting } from './waiting.ts'
import type { Wish } from './wish.ts'

/** Carries out every command of an issue that was not answered yet, oldest first: the event only wakes the run. */
export async function converse(
  door: Door,
  { issue, slug, lostBefore }: Extract<Wish, { kind: 'converse' }>,
  { observation: first, roles }: FirstLook,
): Promise<Outcome<Spec>> {
  const isSweep = lostBefore !== undefined
  if (first.conversation === undefined) throw new RangeError('A conversation was asked for')
  const conversation = await readWaiting(door, { conversation: first.conversation, release: first.release })
  const waiting = findWaiting(conversation).filter(({ comment }) => !isSweep || Date.parse(comment.createdAt) <= lostBefore)
  if (waiting.length === 0) return NOTHING_NEW
  const fixed = slug ?? findBoardMarker(conversation.body)?.slug
  const turns: Turn[] = []
  // What one issue asks of several releases, each of them is told by itself.
  for (const [about, comments] of Map.groupBy(waiting, ({ parsed }) => fixed ?? findActivated(parsed))) {
    const seen = about === first.slug ? first : await observe(door, { slug: about, issue })
    turns.push(await takeTurn(door, { observation: { ...seen, conversation }, issue, waiting: comments, roles, isSweep }))
  }
  const outcome = tell(turns)
  // Where nothing is written on the issue, the answers stand on the run's page.
  const told = door.given.inputs.dryRun ? turns.flatMap(({ answers }) => answers.map(({ body }) => body)) : []
  return told.length === 0 ? outcome : { ...outcome, summary: `${told.join('\n\n---\n\n')}\n` }
}

const NOTHING_NEW: Outcome<Spec> = {
  decision: 'nothing-to-do',
  reasonCode: 'nothing-new',
  headline: 'Every command of the issue was handled before.',
  result: {},
}

interface Turn {
  readonly slug: string | undefined
  readonly answers: readonly Answer[]
  readonly loaded: ReleaseLoaded
  readonly board: string | undefined
}

interface Taking {
  readonly observation: Observation
  readonly issue: number
  readonly waiting: readonly Waiting[]
  readonly roles: FirstLook['roles']
  readonly isSweep: boolean
}

/** What waits about one release. */
async function takeTurn(door: Door, { observation, issue, waiting, roles, isSweep }: Taking): Promise<Turn> {
  const { slug } = observation
  const rules = await readRules(observation)
  const understood: Understood[] = []
  for (const one of waiting) understood.push(await understand(door, one, { observation, rules, roles }))
  const before = slug === undefined ? undefined : pictureOf(observation.loaded, slug)
  const { dryRun } = door.given.inputs
  const looked = dryRun ? undefined : look(door, { issue, before, understood })
  const own = understood.some(({ commands, isRecorded }) => isRecorded && mayOpenIssues(commands)) ? findOwn(door) : undefined
  own?.catch(() => undefined)
  const { results, loaded } = await settle(door, understood, observation)
  const answer = (one: Understood): Promise<Answer> =>
    answerTo(door, { one, result: results.get(one), observation, loaded, login: one.comment.author.login, rules, roles })
  // What changes nothing anywhere is looked up before it is known whether another run has answered.
  const [only] = understood
  const early = only !== undefined && understood.length === 1 && only.commands.every(isShowing) ? answer(only) : undefined
  early?.catch(() => undefined)
  const slugOfClaims = observation.release?.slug
  const ours = dryRun
    ? understood
    : // Of sweeps at the same time, one may have answered since.
      await findOurs(door, { issue, slug: slugOfClaims, isSweep, understood, results, answered: isSweep ? undefined : looked?.answered })
  const answers: Answer[] = []
  // One after another: what acts beside the ledger does so in the order of the comments.
  for (const one of ours) answers.push(await (early ?? answer(one)))
  const board =
    looked === undefined
      ? undefined
      : await drawAnswers(door, { issue, slug, answers, before, observation, loaded, surfaces: await looked.surfaces, own })
  // What the job's own token pushes starts no workflow, so that nobody else takes it in before the next sweep.
  if (slug !== undefined && ours.some(isTemplateChanged)) await (await import('./sync.ts')).sync(door, { slug })
  return { slug, answers, loaded, board }
}

interface Look {
  readonly issue: number
  readonly before: Picture | undefined
  readonly understood: readonly Understood[]
}

/** Looked up beside the commit: what is drawn on is known before it; and where there is none, whether another run has answered. */
function look(
  door: Door,
  { issue, before, understood }: Look,
): { readonly surfaces: Promise<Surfaces>; readonly answered: Promise<ReadonlySet<number>> | undefined } {
  const numbers = [issue, ...(before === undefined ? [] : numbersOf(before.release))]
  const looked = understood.some(({ isRecorded }) => isRecorded)
    ? { surfaces: readSurfaces(door, numbers, { withBodies: false }), answered: undefined }
    : readWithAnswered(door, { issue, numbers, comments: understood.map(({ comment }) => comment.id) })
  looked.surfaces.catch(() => undefined)
  looked.answered?.catch(() => undefined)
  return looked
}

function isTemplateChanged({ commands, isDryRun }: Understood): boolean {
  return !isDryRun && commands.some(({ command, flags }) => command === 'step add' && flags.template)
}

function tell(turns: readonly Turn[]): Outcome<Spec> {
  const answers = turns.flatMap((turn) => turn.answers)
  const last = turns.findLast((turn) => turn.answers.length > 0)
  if (last === undefined) return NOTHING_NEW
  const isDryRun = answers.every((answer) => answer.isDryRun)
  return summarise({
    slug: turns.length === 1 ? last.slug : undefined,
    loaded: last.loaded,
    // Beside changes that were made, those that would be are told by their own answers alone.
    changes: answers.flatMap((answer) => (answer.isDryRun === isDryRun ? answer.changes : [])),
    deeds: answers.flatMap(({ deeds }) => deeds),
    isShown: answers.some(({ isShown }) => isShown),
    refused: answers.flatMap(({ refused }) => refused),
    isEachTold: true,
    isDryRun,
    board: last.board,
  })
}
