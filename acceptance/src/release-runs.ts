import type { WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import type { ReleasePlay, ReleaseStage } from './release-stage.ts'

/** Where the workflow that runs a step lies. */
export const RUN_PATH = '.github/workflows/release-run.yml'
/** As the example has it, without its job: the tests play that. */
export const RUN_WORKFLOW = `name: Release run
run-name: \${{ inputs.step }} for \${{ inputs.customers }} \${{ inputs.correlation-id }}
on:
  workflow_dispatch:
    inputs:
      environment: { type: string, required: true }
      release: { type: string, required: true }
      step: { type: string, required: true }
      customers: { type: string, required: true }
      issue: { type: string }
      correlation-id: { type: string }
jobs: {}
`

/** Every run of the workflow that runs steps, the oldest first. */
export function runsOf({ github }: Pick<ReleaseStage, 'github'>): readonly WorkflowRun[] {
  return [...github.world.state.runs.values()].filter(({ workflowPath }) => workflowPath === RUN_PATH)
}

/** The job of such a run, as its workflow gives it its inputs, once its environment has let it. */
export function jobOf({ github }: Pick<ReleaseStage, 'github'>, run: WorkflowRun | undefined): ReleasePlay {
  if (run === undefined) throw new Error('No such run was started')
  const { environment = '', release = '', step = '', customers = '', issue = '' } = run.inputs
  return {
    payload: { inputs: run.inputs },
    actor: github.world.state.accounts.get(run.actorId)?.login ?? '',
    run,
    inputs: { mode: 'run', environment, release, step, customers, issue },
  }
}

/** Plays that job. */
export function carryOut(stage: ReleaseStage, run: WorkflowRun | undefined, more: Partial<ReleasePlay> = {}): Promise<ActionResult> {
  return stage.play({ ...jobOf(stage, run), ...more })
}
