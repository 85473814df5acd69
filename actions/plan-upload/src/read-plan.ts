import { annotateFault, toFaultResult } from '@switchyard/action'
import type { Fault } from '@switchyard/core'
import { normalizePlanText, type Plan, type WrittenPlan } from '@switchyard/planning'
import { renderRefusedPlan } from '@switchyard/planning/render'
import type { PlanText } from './plan-source.ts'
import type { Scene, Told } from './scene.ts'

export interface ReadPlan {
  readonly plan: Plan
  readonly written: WrittenPlan
  readonly warnings: readonly Fault[]
}

/** Reads a plan for an idea. One with faults is told whole, and goes no further. */
export async function readPlan(
  { issue, loaded }: Scene,
  { text, source, file, line, lineUrl }: PlanText,
): Promise<ReadPlan | { readonly told: Told }> {
  const { findPlanIdea, parsePlan } = await import('@switchyard/planning/plans')
  const parsed = parsePlan(text, { file, line })
  const faults = parsed.ok
    ? findForeign(parsed.plan, { issue: issue.number, file, line: line + (findPlanIdea(text)?.line ?? 1) - 1 })
    : parsed.faults
  if (!parsed.ok || faults.length > 0) {
    const errors = faults.filter(({ severity }) => severity === 'error')
    const [first] = errors
    return {
      told: {
        decision: 'refused',
        reasonCode: 'plan-faulty',
        headline: `The plan has ${errors.length === 1 ? 'a fault' : `${errors.length} faults`} and was not saved: ${first?.message ?? ''}`,
        reply: renderRefusedPlan({ faults, ...(lineUrl && { lineUrl }) }),
        result: { faults: faults.map(toFaultResult) },
        annotations: source.kind === 'file' ? faults.map(annotateFault) : [],
        loaded,
        isChange: false,
      },
    }
  }
  const { plan, warnings } = parsed
  const tasks = plan.epic.stories.reduce((sum, story) => sum + story.tasks.length, 0)
  const written = { text: normalizePlanText(text), title: plan.title, stories: plan.epic.stories.length, tasks, source }
  return { plan, written, warnings }
}

/** A plan that names another idea is not this one's. */
function findForeign(
  { idea }: Plan,
  { issue, file, line }: { readonly issue: number } & Pick<PlanText, 'file' | 'line'>,
): readonly Fault[] {
  if (idea === undefined || idea === issue) return []
  return [
    {
      code: 'other-idea',
      message: `The plan is for the idea #${idea}, not for #${issue}.`,
      hint: `Write \`idea: ${issue}\`, or say it on the issue #${idea}.`,
      place: { file, line, column: 1 },
      severity: 'error',
    },
  ]
}
