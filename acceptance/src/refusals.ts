import { isDeepStrictEqual } from 'node:util'
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
  const faults: readonly unknown[] = Array.isArray(error.faults) ? error.faults : []
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

/** How a preview and a creation of the same ended. */
export interface Tried {
  readonly exitCodes: readonly (number | null)[]
  readonly reasons: readonly (string | undefined)[]
  /** Whether each named this code: as the error's own, or as that of something wrong. */
  readonly isNamed: readonly boolean[]
  /** Whether all is as it was before. */
  readonly isUntouched: boolean
}

/** Tries a preview and a creation at once. */
export async function tryBoth(stage: BootstrapStage, code: string): Promise<Tried> {
  const before = await tracesOf(stage)
  const plays = ['preview', 'create'].map((mode) => stage.play({ inputs: { mode, owner: 'acme', name: 'shop' } }))
  const refusals = (await Promise.all(plays)).map(refusalOf)
  return {
    exitCodes: refusals.map(({ exitCode }) => exitCode),
    reasons: refusals.map(({ reason }) => reason),
    isNamed: refusals.map(({ codes }) => codes.includes(code)),
    isUntouched: isDeepStrictEqual(await tracesOf(stage), before),
  }
}

/** Both were refused for this reason, and nothing is left of them. */
export function refusedBy(reason: string): Tried {
  return { exitCodes: [1, 1], reasons: [reason, reason], isNamed: [true, true], isUntouched: true }
}
