import type { TreeIssue } from '@switchyard/github/operations'
import { toSwitchyardError } from '@switchyard/core'
import { countTurns, type Idea, type IdeaRow, ideasDocuments, ideaSubject, parseIdeas, takeTurn } from '@switchyard/planning'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { IDEAS_A_SWEEP, LOOK_BACK_MS, LOST_MS, PAGES_A_SWEEP } from './limits.ts'
import { ideaOf, observeIssue } from './observe.ts'
import { reconcile } from './reconcile.ts'
import { consentOf, findClosing, isClosed, tellClosed } from './closed-target.ts'
import { placedTarget, type TargetSeen } from './target.ts'

export interface Caught {
  /** Issues that had been closed or opened unnoticed, or did not follow. */
  readonly count: number
  readonly faults: readonly string[]
  /** In a dry run, what would be done, a sentence each. */
  readonly told: readonly string[]
  /** Targets that take nothing of ours any more, of which an idea's issue was told now. */
  readonly closed: readonly string[]
}

const NOTHING: Caught = { count: 0, faults: [], told: [], closed: [] }

/** Compares ideas with their issues, where something may have happened unnoticed: as many as one sweep can, however many there are. */
export async function catchUp(door: Door, { index }: Pick<PlanLoaded, 'index'>): Promise<Caught> {
  const { repository, run } = door.given.context
  const now = door.github.serverNow()
  const choice = chooseIdeas(ideasDocuments(index, repository.id), run.number)
  const documents = choice.pages
  if (documents.length === 0) return NOTHING
  const listed = await door.ledger.load({ subjects: [], idempotencyKeys: [], documents })
  const rows = documents.flatMap((name) => parseIdeas(listed.findDocument(name))).filter((row) => isUnsettled(row, now))
  const chosen = choice.ideas(rows)
  if (chosen.length === 0) return NOTHING
  const subjects = chosen.map(({ number }) => ideaSubject(repository.id, number))
  const loaded = await door.ledger.load({ subjects, idempotencyKeys: [] })
  const ideas = chosen.flatMap((row): readonly One[] => {
    const subject = ideaSubject(repository.id, row.number)
    const idea = ideaOf(loaded, subject)
    if (!idea?.target || idea.converging !== null) return []
    const at = Date.parse(row.at)
    const isElsewhere = idea.target.id !== repository.id && at > now - LOOK_BACK_MS
    const target = placedTarget(door, idea.target)
    return [{ number: row.number, subject, idea, target, isQuiet: at < now - LOST_MS, isElsewhere }]
  })
  const caught: Caught[] = []
  for (const group of Map.groupBy(ideas, ({ target }) => target.place.id).values()) caught.push(await catchUpAt(door, group, loaded))
  return {
    count: caught.reduce((sum, { count }) => sum + count, 0),
    faults: caught.flatMap(({ faults }) => faults),
    told: caught.flatMap(({ told }) => told),
    closed: caught.flatMap(({ closed }) => closed),
  }
}

/** Not all of its issues are closed, some are gone and may come back, or the run that closed the last of them may have died with it. */
function isUnsettled({ status, open, gone = 0, at }: IdeaRow, now: number): boolean {
  return status === 'PLANNED' && (open > 0 || gone > 0 || Date.parse(at) > now - LOOK_BACK_MS)
}

interface Choice<Page> {
  /** The pages to read. */
  readonly pages: readonly Page[]
  /** Of what is unsettled on them, what to look at. */
  ideas<Row>(rows: readonly Row[]): readonly Row[]
}

/**
 * As many as one sweep can: turn by turn all pages, and of the same pages all ideas. `turn`: the workflow's count of its runs, which goes
 * on only with runs that take place, whatever GitHub drops of a schedule; other runs of the same workflow may count in between.
 */
export function chooseIdeas<Page>(all: readonly Page[], turn: number): Choice<Page> {
  const round = Math.floor(turn / countTurns(all, PAGES_A_SWEEP))
  return {
    pages: takeTurn(all, { turn, max: PAGES_A_SWEEP }),
    ideas: (rows) => takeTurn(rows, { turn: round, max: IDEAS_A_SWEEP }),
  }
}

interface One {
  readonly number: number
  readonly subject: string
  readonly idea: Idea
  readonly target: TargetSeen
  readonly isQuiet: boolean
  /** Whether its issues stand in another repository and changed of late: what that one's own workflow tells the ledger draws no card here. */
  readonly isElsewhere: boolean
}

/** Ideas whose issues stand in one repository: read together. One that cannot be looked at keeps none of the others waiting. */
async function catchUpAt(door: Door, ideas: readonly One[], loaded: PlanLoaded): Promise<Caught> {
  const { readIssuesByNumber } = await import('@switchyard/github/operations')
  const [first] = ideas
  if (first === undefined) return NOTHING
  let seen: ReadonlyMap<number, TreeIssue>
  try {
    const numbers = ideas.flatMap(({ idea }) => Object.values(idea.items))
    seen = await readIssuesByNumber(first.target.github, first.target, numbers)
  } catch (error) {
    return explainUnread(door, { target: first.target, ideas }, error)
  }
  const requireConsent = consentOf(door, first.target)
  const { dryRun } = door.given.inputs
  const faults: string[] = []
  const all: string[] = []
  const closed: string[] = []
  let count = 0
  for (const one of ideas) {
    try {
      const { count: found, told } = await reconcile(door, { ...one, loaded, seen, requireConsent })
      count += found
      all.push(...told)
      if ((found > 0 || one.isElsewhere) && !dryRun) await redraw(door, one.number)
    } catch (error) {
      if (isClosed(error)) closed.push(...(await tellClosed(door, one, error)))
      else faults.push(`The issues of #${one.number} could not be looked at: ${toSwitchyardError(error).message}`)
    }
  }
  return { count, faults, told: all, closed }
}

interface Unread {
  readonly target: TargetSeen
  readonly ideas: readonly One[]
}

/** Ideas whose issues could not be read at all. */
async function explainUnread(door: Door, { target, ideas }: Unread, error: unknown): Promise<Caught> {
  const names = ideas.map(({ number }) => `#${number}`).join(', ')
  try {
    const closing = await findClosing(door, target, error)
    if (closing === undefined) throw error
    const closed: string[] = []
    for (const one of ideas) closed.push(...(await tellClosed(door, one, closing)))
    return { ...NOTHING, closed }
  } catch (unexplained) {
    const { message } = toSwitchyardError(unexplained)
    return { ...NOTHING, faults: [`The issues of ${names} in ${target.place.repository} could not be looked at: ${message}`] }
  }
}

/** Draws the card of an idea as the ledger has it by now; an idea whose issue is gone shows none. */
export async function redraw(door: Door, issue: number): Promise<void> {
  const observation = await observeIssue(door, issue)
  if (observation === undefined) return
  await drawAll(door, await drawCard(door, { observation, loaded: observation.loaded }))
}
