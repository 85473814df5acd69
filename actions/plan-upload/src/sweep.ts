import type { Outcome } from '@switchyard/action'
import { toSwitchyardError } from '@switchyard/core'
import { createRoles, selectRecentIssues } from '@switchyard/github'
import { ideasDocuments, ideaSubject, parseIdeas, parseIdeaSubject } from '@switchyard/planning'
import { createConverge } from './converge/handler.ts'
import { converse } from './converse.ts'
import { drawCard } from './card.ts'
import type { Door } from './door.ts'
import { drawAll } from './draw-answers.ts'
import type { Spec } from './inputs.ts'
import { LOOK_BACK_MS, LOST_MS } from './limits.ts'
import { observe } from './observe.ts'
import { reconcile } from './reconcile.ts'
import { findWaiting } from './waiting.ts'

/** What lost runs left: issues that are not all made, commands that nobody answered, parents that did not follow their children. */
export async function sweep(door: Door): Promise<Outcome<Spec>> {
  const recovered = await finish(door)
  const answered = await answerStrays(door)
  const caught = await catchUp(door)
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

interface Swept {
  readonly count: number
  readonly faults: readonly string[]
}

/** Goes on with the issues that a run which is over did not finish making. */
async function finish(door: Door): Promise<Swept> {
  const loaded = await door.ledger.load({ subjects: [], idempotencyKeys: [] })
  if (loaded.intents.length === 0) return { count: 0, faults: [] }
  const converge = createConverge(door, { loaded, card: undefined })
  const { claimed, failures } = await door.ledger.recover({ handlers: converge.handler, loaded, maxParallel: 1 })
  const { repository } = door.given.context
  for (const subject of new Set(claimed.map((intent) => intent.subject))) {
    const idea = parseIdeaSubject(subject)
    if (idea?.repositoryId !== repository.id) continue
    const observation = await observe(door, { issue: idea.issue })
    await drawAll(door, await drawCard(door, { observation, loaded: observation.loaded }))
  }
  return {
    count: claimed.length,
    faults: failures.flatMap(({ error }) =>
      error.retryPolicy === 'after-wait' ? [] : [`The issues of a plan stay unfinished: ${error.message}`],
    ),
  }
}

/** Issues on which somebody commanded a while ago, and nobody answered. */
async function answerStrays(door: Door): Promise<Swept> {
  const { github, given } = door
  const { owner, name } = given.context.repository
  const now = github.serverNow()
  const [answer] = await github.select([selectRecentIssues('recent', { owner, name, since: new Date(now - LOOK_BACK_MS).toISOString() })])
  const { parseRecentIssues } = await import('@switchyard/github/operations')
  const strays = parseRecentIssues(answer).filter(({ comments }) =>
    findWaiting({ comments }).some(({ comment }) => Date.parse(comment.createdAt) < now - LOST_MS),
  )
  const faults: string[] = []
  for (const { number } of strays) {
    const roles = createRoles(github, given.context.repository)
    await converse(
      door,
      { kind: 'converse', issue: number, comment: 0 },
      { observation: await observe(door, { issue: number }), roles },
    ).catch((error: unknown) => faults.push(`#${number} could not be answered: ${toSwitchyardError(error).message}`))
  }
  return { count: strays.length - faults.length, faults }
}

/** Issues of plans that were closed or opened while nobody looked. */
async function catchUp(door: Door): Promise<Swept> {
  const { repository } = door.given.context
  const index = (await door.ledger.load({ subjects: [], idempotencyKeys: [] })).index
  const documents = ideasDocuments(index, repository.id)
  if (documents.length === 0) return { count: 0, faults: [] }
  const listed = await door.ledger.load({ subjects: [], idempotencyKeys: [], documents })
  const planned = documents
    .flatMap((name) => parseIdeas(listed.findDocument(name)))
    .filter(({ status, done, total }) => status === 'PLANNED' && done < total)
  const faults: string[] = []
  let count = 0
  for (const { number } of planned) {
    try {
      count += await reconcile(door, ideaSubject(repository.id, number))
    } catch (error) {
      faults.push(`The issues of #${number} could not be looked at: ${toSwitchyardError(error).message}`)
    }
  }
  return { count, faults }
}
