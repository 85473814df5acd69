import { createPlanStage, type PlanStage, type PlanStageOptions } from './plan-stage.ts'

/** A stage whose idea, issue 1, has its issues: those of one plan, from issue 2 on, level by level. */
export async function createPlannedStage(plan: string, { files = {}, ...options }: PlanStageOptions = {}): Promise<PlanStage> {
  const stage = await createPlanStage({ ...options, files: { ...files, 'plans/small.md': plan } })
  for (const words of ['/plan upload plans/small.md', '/plan materialise']) {
    const { outputs, log } = await stage.say(1, words)
    if (outputs['decision'] !== 'done') throw new Error(log)
  }
  return stage
}
