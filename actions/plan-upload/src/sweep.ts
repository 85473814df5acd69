import type { Outcome } from '@switchyard/action'
import { countOf, joinSelections, type Recorded, toSwitchyardError } from '@switchyard/core'
import { createRoles, selectRecentIssues } from '@switchyard/github'
import type { RecentCommits, RecentIssue } from '@switchyard/github/operations'
import { parseIdeaSubject, parsePlansFolder, type PlanEvent } from '@switchyard/planning'
import { catchUp, redraw } from './catch-up.ts'
import { createConverge } from './converge/handler.ts'
import { converse } from './converse.ts'
import type { Door, PlanLoaded } from './door.ts'
import type { Spec } from './inputs.ts'
import { LOOK_BACK_MS, LOST_MS } from './limits.ts'
import { selectPushes, tellLostPushes } from './lost-pushes.ts'
import { observe } from './observe.ts'
import { findWaiting } from './waiting.ts'

/** What lost runs left: issues that are not all made, commands that nobody answered, parents that did not follow their children, pushes. */
export async function sweep(door: Door): Promise<Outcome<Spec>> {
  const { loaded, recent, pushed } = await look(door)
  const recovered = await finish(door, loaded)
  const answered = await answerStrays(door, recent)
  const [caught, lost] = await Promise.all([catchUp(door, loaded), tellLostPushes(door, pushed)])
  const faults = [...recovered.faults, ...answered.faults, ...caught.faults, ...lost.faults]
  for (const message of faults) door.given.io.annotate({ level: 'warning', message })
  const count = recovered.count + answered.count + caught.count + lost.count
  for (const message of caught.closed) door.given.io.annotate({ level: 'notice', message })
  const result = { recovered: recovered.count, answered: answered.count, caught_up: caught.count, lost_pushes: lost.count }
  if (door.given.inputs.dryRun) {
    return preview([...recovered.told, ...answered.told, ...caught.told, ...caught.closed, ...lost.told], { faults, result })
  }
  const told = [
    ...(recovered.count === 0 ? [] : [`The issues of ${recovered.count} ${recovered.count === 1 ? 'plan' : 'plans'} were gone on with.`]),
    ...(answered.count === 0
      ? []
      : [`Commands that had waited on ${answered.count === 1 ? 'an issue' : `${answered.count} issues`} were answered.`]),
    ...(caught.count === 0 ? [] : [`${countOf(caught.count, 'issue')} had been closed or opened unnoticed.`]),
    ...caught.closed,
    ...lost.told,
  ]
  return {
    decision: faults.length > 0 ? 'failed' : told.length === 0 ? 'nothing-to-do' : 'done',
    reasonCode: faults.length > 0 ? 'unfinished' : count === 0 ? 'nothing-new' : 'repaired',
    headline: faults[0] ?? (told.length === 0 ? 'Nothing was left over.' : told.join(' ')),
    result,
  }
}

interface Foreseen {
  readonly faults: readonly string[]
  readonly result: Readonly<Record<string, number>>
}

/** How many sentences of a preview stand in its headline; the summary has all. */
const SAID = 3

/** What would be done, a line each. */
function preview(told: readonly string[], { faults, result }: Foreseen): Outcome<Spec> {
  const { length } = told
  return {
    decision: faults.length > 0 ? 'failed' : 'nothing-to-do',
    reasonCode: faults.length > 0 ? 'unfinished' : 'dry-run',
    headline:
      faults[0] ??
      (length === 0
        ? 'Nothing is left over.'
        : `${told.slice(0, SAID).join(' ')}${length > SAID ? ` And ${length - SAID} more.` : ''} Nothing has changed.`),
    result,
    summary: told.map((line) => `- ${line}\n`).join(''),
  }
}

interface Looked {
  readonly loaded: PlanLoaded
  readonly recent: readonly RecentIssue[]
  readonly pushed: RecentCommits | undefined
}

/** The ledger's list of what is open, what was said and what was pushed of late, in one request. */
async function look(door: Door): Promise<Looked> {
  const { github, given } = door
  const { owner, name } = given.context.repository
  const since = new Date(github.serverNow() - LOOK_BACK_MS).toISOString()
  const { loaded, beside } = await door.load(
    { subjects: [], idempotencyKeys: [] },
    joinSelections(
      selectRecentIssues('recent', { owner, name, since }),
      selectPushes(door, { prefix: 'pushed', path: parsePlansFolder(given.inputs) }),
    ),
  )
  const { parseRecentCommits, parseRecentIssues } = await import('@switchyard/github/operations')
  return { loaded, recent: parseRecentIssues(beside[0]), pushed: parseRecentCommits(beside[1]) }
}

interface Swept {
  readonly count: number
  readonly faults: readonly string[]
  /** In a dry run, what would be done, a sentence each. */
  readonly told: readonly string[]
}

/** Goes on with the issues that a run which is over did not finish making. */
async function finish(door: Door, loaded: PlanLoaded): Promise<Swept> {
  if (loaded.intents.length === 0) return { count: 0, faults: [], told: [] }
  const { dryRun } = door.given.inputs
  const converge = createConverge(door, { loaded, card: undefined })
  const { claimed, failures, outcomes } = await door.ledger.recover({
    handlers: converge.handler,
    loaded,
    maxParallel: 1,
    isDryRun: dryRun,
  })
  if (dryRun) return { count: claimed.length, faults: [], told: claimed.map(sayUnfinished) }
  const faults = failures.flatMap(({ error }) =>
    error.retryPolicy === 'after-wait' ? [] : [`The issues of a plan stay unfinished: ${error.message}`],
  )
  const stopped = outcomes.flatMap((event) => (event.type === 'plan.converge-failed' ? [event] : []))
  faults.push(...stopped.map(sayStopped))
  const { repository } = door.given.context
  for (const subject of new Set(claimed.map((intent) => intent.subject))) {
    const idea = parseIdeaSubject(subject)
    if (idea?.repositoryId !== repository.id) continue
    await redraw(door, idea.issue).catch((error: unknown) =>
      faults.push(`The card of #${idea.issue} could not be drawn: ${toSwitchyardError(error).message}`),
    )
  }
  return { count: claimed.length - stopped.length, faults, told: [] }
}

/** Nobody goes on with it by itself: once told, a sweep has nothing left of it. */
function sayStopped({ subject, data: { error } }: Recorded<Extract<PlanEvent, { type: 'plan.converge-failed' }>>): string {
  return `The issues of #${parseIdeaSubject(subject)?.issue ?? subject} stay unfinished until somebody mends it: ${error.message}`
}

function sayUnfinished({ subject, effect: { target } }: PlanLoaded['intents'][number]): string {
  return `The issues of #${parseIdeaSubject(subject)?.issue ?? subject} in ${target.repository} would be gone on with.`
}

/** Issues on which somebody commanded a while ago, and nobody answered. */
async function answerStrays(door: Door, recent: readonly RecentIssue[]): Promise<Swept> {
  const lost = door.github.serverNow() - LOST_MS
  const strays = recent.flatMap(({ number, comments }) => {
    const stray = findWaiting({ comments }).find(({ comment }) => Date.parse(comment.createdAt) < lost)
    return stray === undefined ? [] : [{ issue: number, comment: stray.comment.id }]
  })
  if (door.given.inputs.dryRun) {
    return { count: strays.length, faults: [], told: strays.map(({ issue }) => `A command that waits on #${issue} would be answered.`) }
  }
  const faults: string[] = []
  for (const { issue, comment } of strays) {
    try {
      const roles = createRoles(door.github, door.given.context.repository)
      await converse(door, { kind: 'converse', issue, comment }, { observation: await observe(door, { issue }), roles })
    } catch (error) {
      faults.push(`#${issue} could not be answered: ${toSwitchyardError(error).message}`)
    }
  }
  return { count: strays.length - faults.length, faults, told: [] }
}
