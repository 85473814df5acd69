import type { Recorded } from '@switchyard/core'
import { HOUR_MS, MAX_RUNS, MAX_TAGS, MAX_UPDATES } from './limits.ts'
import type { BootstrapEvent, BootstrapEventOf } from './records/events.ts'
import type { Plan } from './records/parts.ts'
import type { BootstrapIndex, BootstrapState, Run, UpdateState } from './records/state.ts'

export const initialState: BootstrapState = { runs: [], cancelled_at: null, updates: {}, cursor: null }
export const initialIndex: BootstrapIndex = { starts: {}, tags: {} }

export function evolveState(state: BootstrapState, event: Recorded<BootstrapEvent>): BootstrapState {
  const { at } = event
  switch (event.type) {
    case 'bootstrap.requested':
      return { ...state, runs: [...state.runs, newRun(event.data)].slice(-MAX_RUNS) }
    case 'bootstrap.started':
      return withRun(state, event.data.run_id, () => ({ status: 'RUNNING', started_at: at, is_under_way: true }))
    case 'bootstrap.repository-created': {
      const { repository, run_id } = event.data
      return withRun(state, run_id, ({ status }) => ({ repository, needs_cleanup: status === 'CANCELLED' }))
    }
    case 'bootstrap.pushed':
      return withRun(state, event.data.run_id, () => ({ pushed_commit: event.data.commit, push_completed_at: at }))
    case 'bootstrap.succeeded': {
      const { run_id, warnings, log } = event.data
      return withRun(state, run_id, () => ({ status: 'SUCCEEDED', finished_at: at, warnings, log, is_under_way: false }))
    }
    case 'bootstrap.failed': {
      const { run_id, error, log } = event.data
      return withRun(state, run_id, ({ repository }) => ({
        status: repository === null ? 'FAILED' : 'FAILED_NEEDS_CLEANUP',
        needs_cleanup: repository !== null,
        finished_at: at,
        is_under_way: false,
        error,
        log,
      }))
    }
    case 'bootstrap.cancelled': {
      const cancelled = { ...state, cancelled_at: event.data.asked_at }
      if (event.data.run_id === null) return cancelled
      return withRun(cancelled, event.data.run_id, ({ repository }) => ({
        status: 'CANCELLED',
        finished_at: at,
        needs_cleanup: repository !== null,
      }))
    }
    case 'bootstrap.stopped':
      return withRun(state, event.data.run_id, () => ({ is_under_way: false }))
    case 'bootstrap.cleanup-requested':
      return withRun(state, event.data.run_id, ({ cleanups_asked }) => ({ cleanups_asked: cleanups_asked + 1 }))
    case 'bootstrap.cleaned': {
      const { outcome, by, run_id } = event.data
      return withRun(state, run_id, () => ({ cleanup: { outcome, by, at } }))
    }
    case 'bootstrap.cleanup-failed':
      return withRun(state, event.data.run_id, () => ({ error: event.data.error }))
    case 'bootstrap.update-requested':
      return withUpdate(state, event.data.update_id, (before) => ({
        branch: event.data.branch,
        status: 'requested',
        tries: (before?.tries ?? 0) + 1,
        number: null,
        url: null,
      }))
    case 'bootstrap.update-opened':
      return withUpdate(state, event.data.update_id, (before) => opened(before, event.data))
    case 'bootstrap.update-failed':
      return withUpdate(state, event.data.update_id, (before) => ({ ...(before ?? blankUpdate), status: 'failed' }))
    case 'bootstrap.comments-handled':
      return { ...state, cursor: event.data.cursor }
  }
}

function newRun(plan: Plan): Run {
  return {
    plan,
    status: 'PENDING',
    repository: null,
    pushed_commit: null,
    push_completed_at: null,
    started_at: null,
    finished_at: null,
    error: null,
    log: null,
    warnings: [],
    needs_cleanup: false,
    is_under_way: false,
    cleanup: null,
    cleanups_asked: 0,
  }
}

function withRun(state: BootstrapState, runId: string, change: (run: Run) => Partial<Run>): BootstrapState {
  return { ...state, runs: state.runs.map((run) => (run.plan.run_id === runId ? { ...run, ...change(run) } : run)) }
}

const blankUpdate: UpdateState = { branch: '', status: 'requested', tries: 1, number: null, url: null }

function opened(before: UpdateState | undefined, { number, url }: BootstrapEventOf<'bootstrap.update-opened'>['data']): UpdateState {
  return { ...(before ?? blankUpdate), status: 'opened', number, url }
}

function withUpdate(state: BootstrapState, id: string, change: (before: UpdateState | undefined) => UpdateState): BootstrapState {
  const { [id]: before, ...others } = state.updates
  // The oldest go first: their pull requests have the smallest numbers. Keys come sorted from the branch and in any order from
  // memory, so what goes must not follow from their order.
  const kept = Object.entries(others)
    .sort(([leftId, left], [rightId, right]) => newness(right) - newness(left) || (leftId < rightId ? -1 : 1))
    .slice(0, MAX_UPDATES - 1)
  return { ...state, updates: { ...Object.fromEntries(kept), [id]: change(before) } }
}

function newness({ number }: UpdateState): number {
  return number ?? Number.MAX_SAFE_INTEGER
}

export function evolveIndex(index: BootstrapIndex, event: Recorded<BootstrapEvent>): BootstrapIndex {
  if (event.type !== 'bootstrap.requested') return index
  const { requested_by, template_repo, template_version, template_source_sha } = event.data
  const login = requested_by.login.toLowerCase()
  const recent = Object.entries(index.starts).flatMap(([who, times]) => {
    const left = times.filter((at) => at > event.at - HOUR_MS)
    return left.length === 0 ? [] : [[who, left] as const]
  })
  const starts = Object.fromEntries(recent)
  const tag = `${template_repo}@${template_version}`.toLowerCase()
  const { [tag]: _, ...others } = index.tags
  // By name, since their age is not known: of whichever goes, the next use is taken as it is.
  const kept = Object.entries(others)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .slice(1 - MAX_TAGS)
  return {
    starts: { ...starts, [login]: [...startsOf({ starts }, login), event.at] },
    tags: { ...Object.fromEntries(kept), [tag]: template_source_sha },
  }
}

/** When somebody started runs. People may be called `constructor`, which every object has. */
export function startsOf({ starts }: Pick<BootstrapIndex, 'starts'>, login: string): readonly number[] {
  const key = login.toLowerCase()
  return Object.hasOwn(starts, key) ? (starts[key] ?? []) : []
}
