import type { JsonObject } from '@switchyard/core'
import { CHANGED_PLAN, PLAN } from '../lab-plans.test-support.ts'
import { lookAt, type PlanEnding } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab } from '../plan-lab.test-support.ts'

export type What = 'materialise' | 'sync'

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A lab in which one comment waits for its run. */
export interface Prepared extends AsyncDisposable {
  readonly lab: PlanLab
  readonly payload: JsonObject
}

export async function prepare(what: What): Promise<Prepared> {
  const lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  if (what === 'sync') {
    await lab.say('/plan materialise')
    await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': CHANGED_PLAN } })
    const shown = await lab.say('/plan sync plans/plan.md')
    const payload = await lab.comment(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)
    return { lab, payload, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() }
  }
  return { lab, payload: await lab.comment('/plan materialise'), [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() }
}

/** What it comes to when nothing happens, and how many requests it takes. */
export async function playWhole(what: What): Promise<{ readonly requests: number; readonly ending: PlanEnding }> {
  await using prepared = await prepare(what)
  const { lab, payload } = prepared
  lab.local.log.reset()
  await lab.play({ eventName: 'issue_comment', payload })
  return { requests: lab.local.log.count(), ending: await lookAt(lab) }
}
