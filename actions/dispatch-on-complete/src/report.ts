import type { Outcome } from '@switchyard/action'
import { GitHubError, splitFullName } from '@switchyard/core'
import {
  countResults,
  isStepFailed,
  overallDecision,
  overallReason,
  renderAnnotations,
  renderCheckRun,
  renderHeadline,
  renderOutputs,
  renderStory,
  renderSummary,
  type Report,
} from '@switchyard/dispatching/render'
import { drawCheckRun, type RepositoryFacts } from '@switchyard/github/operations'
import type { RunDecision } from './decide-run.ts'
import type { Observed } from './observe.ts'
import type { Performed } from './perform-run.ts'
import type { Arguments, Spec } from './run.ts'

interface Done {
  readonly observed: Observed
  readonly source: RepositoryFacts
  readonly decision: RunDecision
  readonly performed: Performed
}

/** What people see: check run, summary, annotations, outputs, the log's story. */
export async function reportResults(given: Arguments, { observed, source, decision, performed }: Done): Promise<Outcome<Spec>> {
  const { inputs, io } = given
  const { results } = performed
  const report: Report = {
    source: decision.source,
    correlationId: decision.chain.correlation_id,
    results,
    dryRun: inputs.dryRun,
    place: source.visibility,
  }
  for (const line of renderStory(report)) io.log.info(line)
  if (!inputs.dryRun) await drawCheck(given, { observed, decision, performed, report })
  const counts = countResults(results)
  const outputs = renderOutputs(report)
  return {
    decision: overallDecision(counts),
    reasonCode: overallReason(results),
    headline: `Dispatch: ${renderHeadline(report)}`,
    result: { ...counts, correlation_id: report.correlationId },
    outputs,
    summary: renderSummary(report),
    annotations: renderAnnotations(report).map(({ level, title, message, place }) => ({ level, title, message, ...place })),
    failed: isStepFailed(counts, inputs.failOn),
  }
}

interface Drawing extends Omit<Done, 'source'> {
  readonly report: Report
}

/** The check run is a rendering: without the permission for it the run goes on, and says so. */
async function drawCheck({ context, io }: Arguments, { observed, decision, performed, report }: Drawing): Promise<void> {
  const repository = splitFullName(context.repository.fullName)
  // Somebody may have drawn it before, or been killed just then: only a first attempt that recorded something new knows better.
  const mayExist = !performed.isNew || observed.run.run_attempt > 1 || observed.loaded.hasSubject(observed.subject)
  const page = renderCheckRun(report)
  try {
    await drawCheckRun(
      observed.github,
      { ...page, repository, headSha: decision.run.headSha, key: observed.subject, keepExisting: !performed.isNew },
      mayExist,
    )
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    io.annotate({ level: 'warning', message: `The check run could not be written: ${error.message} ${error.hint ?? ''}`.trim() })
  }
}
