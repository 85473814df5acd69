import type { Outcome } from '@switchyard/action'
import { bindCommands } from '@switchyard/commands'
import type { OwnIssues, Surfaces } from '@switchyard/github/operations'
import { matrixDocument } from '@switchyard/releasing'
import { countAll, findBoardMarker } from '@switchyard/releasing/render'
import { type Answer, answerTo, drawingsOfAnswer } from './answers.ts'
import { COMMANDS } from './command-list.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { checkOf, drawAll, drawingsOf, numbersOf, type Picture, pictureOf } from './draw-release.ts'
import { findOwn, makeBoard, mayOpenIssues } from './make-board.ts'
import type { FirstLook } from './first-look.ts'
import { type Observation, observe } from './observe.ts'
import { findOurs, readWithAnswered } from './own-answers.ts'
import type { Spec } from './inputs.ts'
import { summarise } from './summarise.ts'
import { completeSurfaces, readSurfaces } from './surfaces.ts'
import { type GroupResult, transact } from './transact.ts'
import { understand, type Understood } from './understand.ts'
import { readRules } from './rules.ts'
import { findWaiting, type Waiting } from './waiting.ts'
import { findActivated, type Wish } from './wish.ts'

/** Carries out every command of an issue that was not answered yet, oldest first: the event only wakes the run. */
export async function converse(
  door: Door,
  wish: Extract<Wish, { kind: 'converse' }>,
  { observation, roles }: FirstLook,
): Promise<Outcome<Spec>> {
  const { issue, slug, lostBefore } = wish
  const isSweep = lostBefore !== undefined
  const waiting = findWaiting(observation).filter(({ comment }) => !isSweep || Date.parse(comment.createdAt) <= lostBefore)
  if (waiting.length === 0) return NOTHING_NEW
  // Another comment, or a sweep, may wake the run that one before it lost: then that one, or the issue itself, says which release is meant.
  const named = slug ?? findNamed(observation.conversation?.body ?? '', waiting)
  if (named !== slug) return converse(door, { ...wish, slug: named }, { roles, observation: await observe(door, { slug: named, issue }) })
  const rules = await readRules(door, observation)
  const understood: Understood[] = []
  for (const one of waiting) {
    understood.push(await understand(door, { ...one, bound: bindCommands(COMMANDS, one.parsed), observation, rules, roles, issue }))
  }
  const before = slug === undefined ? undefined : pictureOf(observation.loaded, slug)
  const isShown = understood.every(({ requests }) => requests.length === 0)
  const { answered, surfaces: reading } = look(door, { issue, before, isShown })
  const own = understood.some(({ requests, isDryRun }) => !isDryRun && mayOpenIssues(requests)) ? findOwn(door) : undefined
  own?.catch(() => undefined)
  const { results, loaded } = await carryOut(door, understood, observation)
  const answer = (one: Understood): Promise<Answer> =>
    answerTo(door, { one, result: results.get(one), observation, loaded, login: one.comment.author.login, rules, roles })
  const early = understood.length === 1 && isShown ? understood.filter(isOnlyRead).map(answer)[0] : undefined
  early?.catch(() => undefined)
  const answers: Answer[] = []
  const ours = await findOurs(door, {
    issue,
    slug: observation.release?.slug,
    isSweep,
    understood,
    results,
    // Of sweeps at the same time, one may have answered since.
    answered: isSweep ? undefined : answered,
  })
  for (const one of ours) answers.push(await (early ?? answer(one)))
  const board = await draw(door, { issue, slug, answers, before, observation, loaded, surfaces: await reading, own })
  // What the job's own token pushes starts no workflow, so that nobody else takes it in before the next sweep.
  if (slug !== undefined && understood.some(isTemplateChanged)) await (await import('./sync.ts')).sync(door, { slug })
  if (answers.length === 0) return NOTHING_NEW
  const isDryRun = answers.every((one) => one.isDryRun)
  return summarise({
    slug,
    loaded,
    // Beside changes that were made, those that would be are told by their own answers alone.
    changes: answers.flatMap((one) => (one.isDryRun === isDryRun ? one.changes : [])),
    deeds: answers.flatMap(({ deeds }) => deeds),
    refused: answers.flatMap(({ refused }) => refused),
    isDryRun,
    isShown,
    board,
  })
}

const NOTHING_NEW: Outcome<Spec> = {
  decision: 'nothing-to-do',
  reasonCode: 'nothing-new',
  headline: 'Every command of the issue was handled before.',
  result: {},
}

/** The release whose board it is, or that a comment begins. */
function findNamed(body: string, waiting: readonly Waiting[]): string | undefined {
  return findBoardMarker(body)?.slug ?? waiting.flatMap(({ comment }) => findActivated(comment.body) ?? [])[0]
}

interface Look {
  readonly issue: number
  readonly before: Picture | undefined
  readonly isShown: boolean
}

/** Looked up beside the commit: what is drawn on is known before it; and beside a question, whether another run answered it. */
function look(
  door: Door,
  { issue, before, isShown }: Look,
): { readonly surfaces: Promise<Surfaces>; readonly answered: Promise<ReadonlySet<number>> | undefined } {
  const numbers = [issue, ...(before === undefined ? [] : numbersOf(before.release))]
  const looked = isShown
    ? readWithAnswered(door, { issue, numbers })
    : { surfaces: readSurfaces(door, numbers, { withBodies: false }), answered: undefined }
  looked.surfaces.catch(() => undefined)
  looked.answered?.catch(() => undefined)
  return looked
}

const ONLY_READ: ReadonlySet<string> = new Set([
  'help',
  'release list',
  'release status',
  'release progress',
  'release customer',
  'step show',
])

/** What changes nothing anywhere may be looked up before it is known whether another run has answered. */
function isOnlyRead({ commands }: Understood): boolean {
  return commands.every(({ command }) => ONLY_READ.has(command))
}

function isTemplateChanged({ commands, isDryRun }: Understood): boolean {
  return !isDryRun && commands.some(({ command, flags }) => command === 'step add' && flags.template)
}

interface CarriedOut {
  readonly results: ReadonlyMap<Understood, GroupResult>
  readonly loaded: ReleaseLoaded
}

/** Changes in one commit; then what would be changed, which sees them. */
async function carryOut(door: Door, understood: readonly Understood[], { loaded, slug }: Observation): Promise<CarriedOut> {
  const documents = slug === undefined ? [] : [matrixDocument(slug)]
  const asking = understood.filter(({ requests, isPast }) => requests.length > 0 && !isPast)
  const results = new Map<Understood, GroupResult>()
  let last = loaded
  for (const isDryRun of [false, true]) {
    const groups = asking.filter((one) => one.isDryRun === isDryRun)
    if (groups.length === 0) continue
    const done = await transact(door, groups, { loaded: isDryRun ? undefined : last, documents, isDryRun })
    for (const [at, one] of groups.entries()) if (done.results[at] !== undefined) results.set(one, done.results[at])
    if (!isDryRun) last = done.loaded
  }
  const past = understood.filter(({ requests, isPast }) => requests.length > 0 && isPast)
  // Of what the ledger has passed nothing is done any more: it is looked up what became of it.
  const found = past.length === 0 ? [] : (await transact(door, past, { loaded: undefined, documents: [], isDryRun: true })).results
  for (const [at, one] of past.entries()) if (found[at] !== undefined) results.set(one, found[at])
  return { results, loaded: last }
}

interface Drawn {
  readonly issue: number
  readonly slug: string | undefined
  readonly answers: readonly Answer[]
  readonly before: Picture | undefined
  readonly observation: Observation
  readonly loaded: ReleaseLoaded
  readonly surfaces: Surfaces
  readonly own: Promise<OwnIssues> | undefined
}

/** Answers, board, pages and check run, together. Returns the board's address. */
async function draw(
  door: Door,
  { issue, slug, answers, before, observation: { control, conversation }, loaded, surfaces, own }: Drawn,
): Promise<string | undefined> {
  const after = slug === undefined ? undefined : pictureOf(loaded, slug)
  const { picture: made, fresh } = after === undefined ? NOTHING_MADE : await makeBoard(door, { picture: after, loaded, surfaces, own })
  const all =
    made === undefined || made === after
      ? surfaces
      : await completeSurfaces(door, { numbers: numbersOf(made.release), known: surfaces, fresh, withBodies: false })
  const isNew = made !== undefined && made !== after
  const asked = all.issues.get(issue)
  const drawings = [
    ...(asked === undefined
      ? []
      : answers.flatMap((answer) =>
          drawingsOfAnswer(isNew ? leadToBoard(answer, made?.release.board?.issue) : tellOpen(answer, made), {
            issueId: asked.nodeId,
            conversation,
          }),
        )),
    ...(made === undefined
      ? []
      : [
          ...drawingsOf(door, { before: before ?? after, after: made, surfaces: all }),
          ...checkOf({ before, after: made, surfaces: all, control }),
        ]),
  ]
  await drawAll(door, drawings)
  return all.issues.get(made?.release.board?.issue ?? 0)?.url
}

const NOTHING_MADE = { picture: undefined, fresh: new Map() }

/** An archived release is closed for good: what was open is told to whoever closed it. */
function tellOpen(answer: Answer, picture: Picture | undefined): Answer {
  if (picture === undefined || !answer.changes.some(({ event }) => event.type === 'release.archived')) return answer
  const { done, skipped, total } = countAll(picture.matrix)
  const open = total - done - skipped
  if (open === 0) return answer
  return { ...answer, body: `${answer.body}\n\n⚠️ ${open} of ${total} steps were still open, and stay so.` }
}

/** Whoever activated goes on at the board, which is another issue. */
function leadToBoard(answer: Answer, board: number | undefined): Answer {
  if (board === undefined || !answer.changes.some(({ event }) => event.type === 'release.activated')) return answer
  return { ...answer, body: `${answer.body}\n\nIts board is #${board}: go on there, it says how.` }
}
