import type { Progress, RunView } from '@switchyard/workflow-runner'
import type { RecordedRun, RunsRecord } from './record-runs.ts'

/** The runs as `--json` prints them. Durations are in whole milliseconds. */
export function describeRuns({ runs, notes }: Pick<RunsRecord, 'runs' | 'notes'>): object {
  return { schema_version: 1, notes, runs: runs.map(describeRun) }
}

function describeRun(run: RecordedRun): object {
  return {
    ...describeView(run),
    conclusion: run.conclusion ?? null,
    duration_ms: Math.round(run.durationMs),
    reasons: run.reasons,
    jobs: run.jobs.map((job) => ({
      id: job.id,
      name: job.name,
      conclusion: job.conclusion ?? null,
      duration_ms: Math.round(job.durationMs),
      summary: job.summary,
      problems: job.problems,
      steps: job.steps.map((step) => ({ name: step.name, conclusion: step.conclusion ?? null, log: step.lines })),
    })),
  }
}

function describeView({ id, attempt, repository, workflow, path, title, event, startedBy }: RunView): object {
  return { id, attempt, repository, workflow, path, title, event, started_by: startedBy ?? null }
}

/** What happened, as a line of `--json-lines`: the run and the job by id, described in full where they begin. */
export function describeProgress(progress: Progress): object {
  const { kind } = progress
  switch (kind) {
    case 'run-queued':
      return { kind, run: describeView(progress.run) }
    case 'run-started':
      return { kind, ...idsOf(progress) }
    case 'run-refused':
      return { kind, ...idsOf(progress), reasons: progress.reasons }
    case 'run-completed':
      return { kind, ...idsOf(progress), conclusion: progress.conclusion, duration_ms: Math.round(progress.durationMs) }
    case 'job-started':
      return { kind, ...idsOf(progress), job_id: progress.job.id, name: progress.job.name }
    case 'job-completed': {
      const { job, conclusion, durationMs, summary, problems } = progress
      return {
        kind,
        ...idsOf(progress),
        job_id: job.id,
        name: job.name,
        conclusion,
        duration_ms: Math.round(durationMs),
        summary,
        problems,
      }
    }
    case 'step-started':
      return { kind, ...idsOf(progress), job_id: progress.job.id, step: progress.step }
    case 'step-completed':
      return { kind, ...idsOf(progress), job_id: progress.job.id, step: progress.step, conclusion: progress.conclusion }
    case 'line':
      return { kind, ...idsOf(progress), job_id: progress.job.id, text: progress.text }
    case 'note':
      return { kind, text: progress.text }
    default:
      return progress satisfies never
  }
}

const idsOf = ({ run }: { readonly run: RunView }): object => ({ run_id: run.id, attempt: run.attempt })
