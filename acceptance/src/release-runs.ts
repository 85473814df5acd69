import type { WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { PLATFORM, type ReleasePlay, type ReleaseStage } from './release-stage.ts'

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
export async function carryOut(stage: ReleaseStage, run: WorkflowRun | undefined, more: Partial<ReleasePlay> = {}): Promise<ActionResult> {
  if (run === undefined) throw new Error('No such run was started')
  const { environment = '', release = '', step = '', customers = '', issue = '' } = run.inputs
  const actor = stage.github.world.state.accounts.get(run.actorId)?.login ?? ''
  return stage.play({
    payload: JSON.parse(JSON.stringify({ ...run.origin.payload, inputs: run.inputs })),
    actor,
    run,
    inputs: { mode: 'run', environment, release, step, customers, issue },
    ...more,
  })
}

/** The logins of those who are named by a ledger’s events of one kind. */
export function pathOfPlatform(path: string): string {
  return `/repos/${PLATFORM}${path}`
}
