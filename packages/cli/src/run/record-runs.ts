import { isAppLogin } from '@switchyard/core'
import type { Conclusion, Progress, RunView } from '@switchyard/workflow-runner'

export interface RecordedStep {
  readonly name: string
  conclusion: string | undefined
  readonly lines: string[]
}

export interface RecordedJob {
  readonly id: number
  readonly name: string
  conclusion: string | undefined
  durationMs: number
  summary: string
  /** What went wrong outside its steps. */
  problems: readonly string[]
  readonly steps: RecordedStep[]
}

export interface RecordedRun extends RunView {
  /** By which it is found on a page, among the runs of every record there. */
  readonly anchor: string
  conclusion: Conclusion | undefined
  durationMs: number
  /** Why nothing of it ran. */
  reasons: readonly string[]
  /** The one run that was under way when something it could have done queued this one: most likely what started it. */
  readonly during: number | undefined
  readonly jobs: RecordedJob[]
}

/** Everything that ran, in the order in which it was queued. */
export interface RunsRecord {
  readonly runs: readonly RecordedRun[]
  /** What belongs to no run. */
  readonly notes: readonly string[]
  take(progress: Progress): void
}

const DISPATCHES: ReadonlySet<string> = new Set(['workflow_dispatch', 'repository_dispatch'])

/** Anchors begin with `scope`: runs of several GitHubs may have the same numbers. */
export function recordRuns(scope = ''): RunsRecord {
  const runs: RecordedRun[] = []
  const notes: string[] = []
  const find = ({ id, attempt }: RunView): RecordedRun | undefined => runs.find((each) => each.id === id && each.attempt === attempt)
  const findJob = (run: RunView, id: number): RecordedJob | undefined => find(run)?.jobs.find((each) => each.id === id)
  return {
    runs,
    notes,
    take(progress) {
      switch (progress.kind) {
        case 'run-queued': {
          const underWay = runs.filter(({ conclusion, jobs }) => conclusion === undefined && jobs.length > 0)
          const isByProgram = DISPATCHES.has(progress.run.event) || isAppLogin(progress.run.actor)
          const during = isByProgram && underWay.length === 1 ? underWay[0]?.id : undefined
          runs.push({
            ...progress.run,
            anchor: `${scope}run-${progress.run.id}-${progress.run.attempt}`,
            conclusion: undefined,
            durationMs: 0,
            reasons: [],
            during,
            jobs: [],
          })
          return
        }
        case 'run-refused':
          return assign(find(progress.run), { reasons: progress.reasons })
        case 'run-completed':
          return assign(find(progress.run), { conclusion: progress.conclusion, durationMs: progress.durationMs })
        case 'job-started':
          find(progress.run)?.jobs.push({ ...progress.job, conclusion: undefined, durationMs: 0, summary: '', problems: [], steps: [] })
          return
        case 'job-completed': {
          const { conclusion, durationMs, summary, problems } = progress
          const known = findJob(progress.run, progress.job.id)
          if (known === undefined) find(progress.run)?.jobs.push({ ...progress.job, conclusion, durationMs, summary, problems, steps: [] })
          else Object.assign(known, { conclusion, durationMs, summary, problems })
          return
        }
        case 'step-started':
          findJob(progress.run, progress.job.id)?.steps.push({ name: progress.step, conclusion: undefined, lines: [] })
          return
        case 'step-completed':
          return assign(findJob(progress.run, progress.job.id)?.steps.at(-1), { conclusion: progress.conclusion })
        case 'line':
          findJob(progress.run, progress.job.id)?.steps.at(-1)?.lines.push(progress.text)
          return
        case 'note':
          notes.push(progress.text)
          return
        case 'run-started':
          return
        default:
          progress satisfies never
      }
    },
  }
}

function assign<Target extends object>(target: Target | undefined, changes: Partial<Target>): void {
  if (target !== undefined) Object.assign(target, changes)
}

/** Whether everything that was started ended well. */
export function isAllWell(runs: readonly RecordedRun[]): boolean {
  return runs.every(({ conclusion }) => conclusion === 'success' || conclusion === 'skipped')
}
