import { isJsonObject } from '@switchyard/core'
import type { ActionResult } from '@switchyard/workflow-runner'
import type { BootstrapStage } from './bootstrap-stage.ts'
import { CONTROL } from './bootstrap-stage.ts'

/** How a step ended that was refused. */
export interface Refusal {
  readonly exitCode: number | null
  readonly reason: string | undefined
  /** Codes of what is wrong, the error's own first. */
  readonly codes: readonly string[]
}

export function refusalOf({ exitCode, outputs }: ActionResult): Refusal {
  const result: unknown = JSON.parse(outputs['result'] ?? '{}')
  const error = isJsonObject(result) && isJsonObject(result.error) ? result.error : {}
  const faults = Array.isArray(error.faults) ? error.faults : []
  const codes = [error, ...faults].flatMap((each) => (isJsonObject(each) && typeof each.code === 'string' ? [each.code] : []))
  return { exitCode, reason: outputs['reason-code'], codes }
}

/** Everything that a refused run must leave as it was: repositories, the control repository's refs, issues and check runs. */
export async function tracesOf(stage: BootstrapStage): Promise<unknown> {
  const { state } = stage.github.world
  return {
    repositories: [...state.repositories.values()].map(({ id }) => id),
    refs: await stage.git(CONTROL, 'for-each-ref'),
    issues: state.issues.size,
    checkRuns: state.checkRuns.size,
  }
}
