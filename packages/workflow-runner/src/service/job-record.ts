import { addJob, beginJob, beginStep, completeJob, completeStep } from '@switchyard/local-github/runner'
import type { Annotation } from '../annotation.ts'
import type { JobObserver, JobOutcome } from '../job/job.ts'
import type { ActiveRun } from './run.ts'

/** A job as GitHub shows it, kept in step with the one that runs. */
export interface JobRecord {
  readonly observer: JobObserver
  complete(outcome: Omit<JobOutcome, 'result'> & { readonly result: JobOutcome['result'] | 'skipped' }): void
}

export function openJobRecord(run: ActiveRun, { name, labels }: { readonly name: string; readonly labels: readonly string[] }): JobRecord {
  const { world } = run.core.github
  const { report } = run.core
  const job = addJob(world, run.record, { name, labels })
  const view = { id: job.id, name }
  const started = performance.now()
  const begin = (): void => {
    if (job.status !== 'queued') return
    beginJob(world, job)
    report({ kind: 'job-started', run: run.view, job: view })
  }
  const line = (text: string): void => {
    job.log.push(text)
    report({ kind: 'line', run: run.view, job: view, text })
  }
  return {
    observer: {
      beginStep(title) {
        begin()
        const step = beginStep(world, job, title)
        report({ kind: 'step-started', run: run.view, job: view, step: title })
        return {
          line,
          end(conclusion) {
            completeStep(world, step, conclusion)
            report({ kind: 'step-completed', run: run.view, job: view, step: title, conclusion })
          },
        }
      },
    },
    complete({ result, summary, annotations }) {
      const shown = annotations.flatMap((each) => toCheckAnnotation(each))
      completeJob(world, job, { conclusion: result, summary, annotations: shown })
      const problems = annotations.flatMap(({ file, level, message }) =>
        file === undefined && level === 'error' && !isSaid(job.log, message) ? [message] : [],
      )
      for (const problem of problems) job.log.push(`##[error]${problem}`)
      report({
        kind: 'job-completed',
        run: run.view,
        job: view,
        conclusion: result,
        durationMs: performance.now() - started,
        summary,
        problems,
      })
    },
  }
}

/** Whether a step has said it already; the first line tells, since a log keeps lines. */
function isSaid(log: readonly string[], message: string): boolean {
  return log.includes(`##[error]${message.split('\n')[0]}`)
}

/** Annotations without a file are shown on the workflow's own, as on GitHub. */
function toCheckAnnotation({ level, message, title, file, line = 1, endLine, column, endColumn }: Annotation) {
  return [
    {
      path: file ?? '.github',
      start_line: line,
      end_line: endLine ?? line,
      start_column: column,
      end_column: endColumn,
      annotation_level: level === 'error' ? ('failure' as const) : level,
      message,
      title,
      raw_details: undefined,
    },
  ]
}
