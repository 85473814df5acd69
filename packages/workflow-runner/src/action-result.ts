import type { Annotation } from './annotation.ts'
import type { StepProcessResult } from './job/step-process.ts'
import type { SecretMasker } from './secret-masker.ts'

export type Stage = 'pre' | 'main' | 'post'

/** What one of an action's scripts did. */
export interface StageResult extends StepProcessResult {
  readonly stage: Stage
  readonly annotations: readonly Annotation[]
  /** Masked; a string of lines. */
  readonly log: string
}

/** What the action did: the main script's results, with everything that adds up over the stages added up. */
export interface ActionResult extends StageResult {
  /** Every secret known at the end, also those the action registered. */
  readonly masks: readonly string[]
  readonly stages: readonly StageResult[]
}

/** The result of an action whose stages ended so. The first stage that failed tells how it went. */
export function addUp(stages: readonly StageResult[], masker: SecretMasker): ActionResult {
  const main = stages.find((result) => result.stage === 'main') ?? stages.at(-1)
  if (main === undefined) throw new Error('An action has a main script')
  const bad = stages.find((result) => result.conclusion === 'failure')
  return {
    ...main,
    exitCode: (bad ?? main).exitCode,
    killedBy: (bad ?? main).killedBy,
    conclusion: (bad ?? main).conclusion,
    durationMs: stages.reduce((sum, result) => sum + result.durationMs, 0),
    outputs: mergeAll(stages.map((result) => result.outputs)),
    state: mergeAll(stages.map((result) => result.state)),
    env: mergeAll(stages.map((result) => result.env)),
    path: stages.flatMap((result) => result.path),
    summary: stages.map((result) => result.summary).join(''),
    annotations: stages.flatMap((result) => result.annotations),
    log: stages.map((result) => result.log).join('\n'),
    masks: [...masker.secrets],
    stages,
  }
}

/** One record of all; what comes later wins. */
export function mergeAll(records: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}
