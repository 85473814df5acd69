import type { Outcome } from '@switchyard/action'
import { inlineCode, isForPeople, toSwitchyardError, UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { performMode } from './perform-mode.ts'
import { type PushedPlan, readPushedPlans } from './pushed-plans.ts'
import { toReason } from './reason-codes.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Wish } from './wish.ts'

/**
 * Plans that a push brought. Pushed by somebody who may act on the idea, one that has no issues yet is taken; of all others the idea is told
 * what they would do. Nobody waits for an answer to a push, so that a plan that is refused fails the run.
 */
export async function takePush(door: Door, { before }: Extract<Wish, { kind: 'push' }>): Promise<Outcome<Spec>> {
  const outcomes: Outcome<Spec>[] = []
  for (const plan of await readPushedPlans(door, { before, head: door.given.context.sha })) {
    if (plan.idea === undefined) {
      const message = 'The plan names no idea (`idea: 12`), so nothing was done with it.'
      door.given.io.annotate({ level: 'notice', file: plan.path, line: 1, message })
      continue
    }
    outcomes.push(nameFile(plan, await attempt(() => performMode(door, { mode: 'upload', issue: plan.idea, pushed: plan }))))
  }
  const [only, ...more] = outcomes
  if (only === undefined) {
    return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: 'The push changed no plan that names an idea.', result: {} }
  }
  if (more.length === 0) return { ...only, failed: isRefused(only) }
  const isFailed = outcomes.some(isRefused)
  return {
    decision: isFailed ? 'failed' : 'done',
    reasonCode: isFailed ? 'commands-refused' : 'commanded',
    headline: outcomes.map(({ headline }) => headline).join(' '),
    result: { plans: outcomes.map(({ decision, reasonCode }) => ({ decision, reason_code: reasonCode })) },
    annotations: outcomes.flatMap(({ annotations = [] }) => annotations),
    summary: outcomes.map(({ summary = '' }) => summary).join('\n'),
  }
}

function isRefused({ decision }: Outcome<Spec>): boolean {
  return decision === 'failed' || decision === 'refused'
}

/** A push may bring many plans: whatever is said names its file. */
function nameFile({ path }: PushedPlan, outcome: Outcome<Spec>): Outcome<Spec> {
  const { headline, annotations = [], summary = '' } = outcome
  const isUnplaced = isRefused(outcome) && annotations.length === 0
  return {
    ...outcome,
    headline: `${path}: ${headline}`,
    annotations: isUnplaced ? [{ level: 'error', file: path, line: 1, message: headline }] : annotations,
    summary: `## ${inlineCode(path)}\n\n${summary}`,
  }
}

/** One plan that cannot be taken keeps none of the others waiting. */
async function attempt(take: () => Promise<Outcome<Spec>>): Promise<Outcome<Spec>> {
  try {
    return await take()
  } catch (caught) {
    const error = toSwitchyardError(caught)
    const { code, message, hint } = error
    return {
      decision: error instanceof UserError ? 'refused' : 'failed',
      reasonCode: toReason(code),
      headline: hint === undefined ? message : `${message} ${hint}`,
      result: { code },
      summary: isForPeople(error) ? `${renderRefusal(error)}\n` : '',
    }
  }
}
