import { truncate } from '@switchyard/core'
import type { COMMON_OUTPUTS } from './common.ts'
import { cutSummary } from './cut-summary.ts'
import type { AnyOutcome } from './error-outcome.ts'
import { renderInert } from './inert.ts'
import type { Redactor } from './redact.ts'
import type { Annotation } from './run-types.ts'
import type { Runner } from './runner.ts'
import { selectAnnotations } from './select-annotations.ts'
import type { ActionSpec } from './spec.ts'

/** The runner cuts longer messages (runner: ExecutionContext, _maxIssueMessageLength). */
const MAX_MESSAGE = 4_096
/** GitHub keeps 1 MB of outputs a job, counted in UTF-16: half of it is left to the other outputs and steps. */
const MAX_RESULT = 250_000

export interface Writing {
  readonly runner: Runner
  readonly redactor: Redactor
  readonly spec: ActionSpec
}

/** Everything that people and later steps see of an outcome: outputs, annotations, page, exit code. */
export async function writeOutcome(outcome: AnyOutcome, { runner, redactor, spec }: Writing): Promise<void> {
  for (const [name, text] of Object.entries(renderOutputs(outcome, spec))) runner.setOutput(name, redactor.redact(text))
  const failed = outcome.failed ?? outcome.decision === 'failed'
  const { shown, logged } = selectAnnotations(withHeadline(outcome, failed))
  for (const annotation of shown) writeAnnotation(annotation, runner, redactor)
  for (const annotation of logged) {
    runner.info(renderInert(redactor.redact(`${annotation.level}: ${placeOf(annotation)}${annotation.message}`)))
  }
  if (!failed) runner.info(renderInert(redactor.redact(outcome.headline)))
  if (outcome.summary !== undefined) await runner.writeSummary(cutSummary(redactor.redact(outcome.summary)))
  runner.setExitCode(failed ? 1 : 0)
}

/** What the runner would have shown beside the line. */
function placeOf({ file, line, column }: Annotation): string {
  return file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}: `
}

/** A step that fails says why, in red, on the run's page. */
function withHeadline(outcome: AnyOutcome, failed: boolean): readonly Annotation[] {
  const annotations = outcome.annotations ?? []
  if (!failed || annotations.some(({ level }) => level === 'error')) return annotations
  return [{ level: 'error', message: outcome.headline }, ...annotations]
}

function renderOutputs(outcome: AnyOutcome, spec: ActionSpec): Record<string, string> {
  const given: Readonly<Record<string, unknown>> = outcome.outputs ?? {}
  const own = Object.keys(spec.outputs).map((name) => [name, renderValue(given[name])] as const)
  return {
    ...Object.fromEntries(own),
    decision: outcome.decision,
    'reason-code': outcome.reasonCode,
    result: renderResult(outcome, spec),
  } satisfies Record<keyof typeof COMMON_OUTPUTS, string>
}

function renderValue(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Too long a result is left out as a whole: half a JSON text helps nobody. */
function renderResult({ result, decision, reasonCode }: AnyOutcome, { schemaVersion }: ActionSpec): string {
  const whole = JSON.stringify({ schema_version: schemaVersion, ...result })
  if (whole.length <= MAX_RESULT) return whole
  return JSON.stringify({ schema_version: schemaVersion, truncated: true, decision, reason_code: reasonCode })
}

function writeAnnotation(annotation: Annotation, runner: Runner, redactor: Redactor): void {
  const { level, message, title, file, line, column } = annotation
  runner.annotate(level, truncate(redactor.redact(message), MAX_MESSAGE), {
    ...(title !== undefined && { title: redactor.redact(title) }),
    ...(file !== undefined && { file: redactor.redact(file) }),
    ...(line !== undefined && { startLine: line }),
    ...(column !== undefined && { startColumn: column }),
  })
}
