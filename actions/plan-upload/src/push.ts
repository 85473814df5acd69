import type { Outcome } from '@switchyard/action'
import { toSwitchyardError, UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { readPlanFiles } from './plan-files.ts'
import { performMode } from './perform-mode.ts'
import { findPushedPlans } from './pushed-plans.ts'
import { toReason } from './reason-codes.ts'
import type { Wish } from './wish.ts'

/** Plans that a push brought: one that has no issues yet is taken, of another the difference is shown on its idea. */
export async function takePush(door: Door, { before }: Extract<Wish, { kind: 'push' }>): Promise<Outcome<Spec>> {
  const outcomes: Outcome<Spec>[] = []
  for (const { path, idea, isPlanned } of await readPlanFiles(door, await findPushedPlans(door, { before }))) {
    if (idea === undefined) {
      door.given.io.annotate({
        level: 'notice',
        file: path,
        line: 1,
        message: 'The plan names no idea (`idea: 12`), so nothing was done with it.',
      })
      continue
    }
    outcomes.push(await attempt(path, () => performMode(door, { mode: isPlanned ? 'sync' : 'upload', issue: idea, path, isTold: true })))
  }
  const [only, ...more] = outcomes
  if (only === undefined) {
    return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: 'The push changed no plan that names an idea.', result: {} }
  }
  // Nobody waits for an answer to a push: whoever pushed sees that the run failed.
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

/** One plan that cannot be taken keeps none of the others waiting. */
async function attempt(path: string, take: () => Promise<Outcome<Spec>>): Promise<Outcome<Spec>> {
  try {
    return await take()
  } catch (caught) {
    const error = toSwitchyardError(caught)
    return {
      decision: error instanceof UserError ? 'refused' : 'failed',
      reasonCode: toReason(error.code),
      headline: error.message,
      result: { code: error.code },
      annotations: [{ level: 'error', file: path, line: 1, message: error.message }],
    }
  }
}
