import type { Outcome } from '@switchyard/action'
import { toSwitchyardError } from '@switchyard/core'
import { createRoles, selectRecentIssues } from '@switchyard/github'
import type { RecentIssue } from '@switchyard/github/operations'
import { parseIdeaSubject } from '@switchyard/planning'
import { catchUp, redraw } from './catch-up.ts'
import { createConverge } from './converge/handler.ts'
import { converse } from './converse.ts'
import type { Door, PlanLoaded } from './door.ts'
import type { Spec } from './inputs.ts'
import { LOOK_BACK_MS, LOST_MS } from './limits.ts'
import { observe } from './observe.ts'
import { findWaiting } from './waiting.ts'

/** What lost runs left: issues that are not all made, commands that nobody answered, parents that did not follow their children. */
export async function sweep(door: Door): Promise<Outcome<Spec>> {
  const { loaded, recent } = await look(door)
  const recovered = await finish(door, loaded)
  const answered = await answerStrays(door, recent)
  const caught = await catchUp(door, loaded)
  const faults = [...recovered.faults, ...answered.faults, ...caught.faults]
  for (const message of faults) door.given.io.annotate({ level: 'warning', message })
  const count = recovered.count + answered.count + caught.count
  const told = [
    ...(recovered.count === 0 ? [] : [`The issues of ${recovered.count} ${recovered.count === 1 ? 'plan' : 'plans'} were gone on with.`]),
    ...(answered.count === 0
      ? []
      : [`Commands that had waited on ${answered.count === 1 ? 'an issue' : `${answered.count} issues`} were answered.`]),
    ...(caught.count === 0 ? [] : [`${caught.count} issues had been closed or opened unnoticed.`]),
  ]
  return {
    decision: faults.length > 0 ? 'failed' : count === 0 ? 'nothing-to-do' : 'done',
    reasonCode: faults.length > 0 ? 'unfinished' : count === 0 ? 'nothing-new' : 'repaired',
    headline: faults[0] ?? (told.length === 0 ? 'Nothing was left over.' : told.join(' ')),
    result: { recovered: recovered.count, answered: answered.count, caught_up: caught.count },
  }
}

interface Looked {
  readonly loaded: PlanLoaded
  readonly recent: readonly RecentIssue[]
}

/** The ledger's list of what is open, and what was said of late, in one request. */
async function look(door: Door): Promise<Looked> {
  const { github, given } = door
  const { owner, name } = given.context.repository
  const since = new Date(github.serverNow() - LOOK_BACK_MS).toISOString()
  const { loaded, beside } = await door.load({ subjects: [], idempotencyKeys: [] }, selectRecentIssues('recent', { owner, name, since }))
  const { parseRecentIssues } = await import('@switchyard/github/operations')
  return { loaded, recent: parseRecentIssues(beside) }
}

interface Swept {
  readonly count: number
  readonly faults: readonly string[]
}

/** Goes on with the issues that a run which is over did not finish making. */
async function finish(door: Door, loaded: PlanLoaded): Promise<Swept> {
  if (loaded.intents.length === 0) return { count: 0, faults: [] }
  const converge = createConverge(door, { loaded, card: undefined })
  const { claimed, failures } = await door.ledger.recover({ handlers: converge.handler, loaded, maxParallel: 1 })
  const faults = failures.flatMap(({ error }) =>
    error.retryPolicy === 'after-wait' ? [] : [`The issues of a plan stay unfinished: ${error.message}`],
  )
  const { repository } = door.given.context
  for (const subject of new Set(claimed.map((intent) => intent.subject))) {
    const idea = parseIdeaSubject(subject)
    if (idea?.repositoryId !== repository.id) continue
    await redraw(door, idea.issue).catch((error: unknown) =>
      faults.push(`The card of #${idea.issue} could not be drawn: ${toSwitchyardError(error).message}`),
    )
  }
  return { count: claimed.length, faults }
}

/** Issues on which somebody commanded a while ago, and nobody answered. */
async function answerStrays(door: Door, recent: readonly RecentIssue[]): Promise<Swept> {
  const lost = door.github.serverNow() - LOST_MS
  const strays = recent.flatMap(({ number, comments }) => {
    const stray = findWaiting({ comments }).find(({ comment }) => Date.parse(comment.createdAt) < lost)
    return stray === undefined ? [] : [{ issue: number, comment: stray.comment.id }]
  })
  const faults: string[] = []
  for (const { issue, comment } of strays) {
    try {
      const roles = createRoles(door.github, door.given.context.repository)
      await converse(door, { kind: 'converse', issue, comment }, { observation: await observe(door, { issue }), roles })
    } catch (error) {
      faults.push(`#${issue} could not be answered: ${toSwitchyardError(error).message}`)
    }
  }
  return { count: strays.length - faults.length, faults }
}
