import type { DispatchEvent } from '../records/events.ts'
import type { DispatchIndex, DispatchState, TargetState } from '../records/state.ts'

export const initialState: DispatchState = { targets: {}, issues: {} }
export const initialIndex: DispatchIndex = { issues: {} }

/** Closed issues that are remembered by number; older ones are found again by their marker. */
export const MAX_CLOSED_ISSUES = 1_000

export function evolveState(state: DispatchState, event: DispatchEvent): DispatchState {
  switch (event.type) {
    case 'dispatch.requested':
      return withTarget(state, event.data.key, (before) => ({
        ...blank(event.data.target),
        status: 'requested',
        tries: (before?.tries ?? 0) + 1,
        inputs_hash: event.data.inputs_hash,
      }))
    case 'dispatch.started': {
      const { run_id, url } = event.data
      return withTarget(state, event.data.key, (before) => ({
        ...(before ?? blank(event.data.target)),
        status: 'started',
        reason: null,
        run_id,
        url,
      }))
    }
    case 'dispatch.skipped':
      return refused(state, event.data, 'skipped')
    case 'dispatch.denied':
      return refused(state, event.data, 'denied')
    case 'dispatch.failed':
      return refused(state, event.data, 'failed')
    case 'dispatch.unclear':
      return refused(state, event.data, 'unclear')
    case 'dispatch.issue-requested':
      return withIssueState(state, event.data.issue_key, true)
    case 'dispatch.issue-opened':
    case 'dispatch.issue-commented':
    case 'dispatch.issue-closed':
    case 'dispatch.issue-failed':
      return withIssueState(state, event.data.issue_key, false)
  }
}

function withIssueState(state: DispatchState, key: string, pending: boolean): DispatchState {
  const asked = (state.issues[key]?.asked ?? 0) + (pending ? 1 : 0)
  return { ...state, issues: { ...state.issues, [key]: { asked, pending } } }
}

function refused(
  state: DispatchState,
  { key, target, reason }: Pick<TargetState, 'target' | 'reason'> & { key: string },
  status: TargetState['status'],
): DispatchState {
  return withTarget(state, key, (before) => ({
    ...blank(target),
    tries: before?.tries ?? 0,
    status,
    reason,
    inputs_hash: before?.inputs_hash ?? null,
  }))
}

function withTarget(state: DispatchState, key: string, change: (before: TargetState | undefined) => TargetState): DispatchState {
  return { ...state, targets: { ...state.targets, [key]: change(state.targets[key]) } }
}

function blank(target: TargetState['target']): TargetState {
  return { target, status: 'requested', reason: null, tries: 0, run_id: null, url: null, inputs_hash: null }
}

/** GitHub's answers for an issue that was deleted. */
const GONE: ReadonlySet<number> = new Set([404, 410])

export function evolveIndex(index: DispatchIndex, event: DispatchEvent): DispatchIndex {
  switch (event.type) {
    case 'dispatch.issue-requested':
      return event.data.number === null ? withIssue(index, event.data.issue_key, [0, 1]) : index
    case 'dispatch.issue-opened':
      return withIssue(index, event.data.issue_key, [event.data.number, 1])
    case 'dispatch.issue-commented':
      return withIssue(index, event.data.issue_key, [event.data.number, event.data.open ? 1 : 0])
    case 'dispatch.issue-closed':
      return withIssue(index, event.data.issue_key, [event.data.number, 0])
    case 'dispatch.issue-failed':
      // Nobody is opening it any more, or it was deleted: the next problem opens one.
      return event.data.number === null || GONE.has(event.data.status) ? withoutIssue(index, event.data.issue_key) : index
    case 'dispatch.requested':
    case 'dispatch.started':
    case 'dispatch.skipped':
    case 'dispatch.denied':
    case 'dispatch.failed':
    case 'dispatch.unclear':
      return index
  }
}

function withIssue(index: DispatchIndex, key: string, entry: [number, 0 | 1]): DispatchIndex {
  const rest = withoutIssue(index, key).issues
  const closed = Object.entries(rest).filter(([, [, open]]) => open === 0)
  // Canonical JSON sorts keys, so age is told by the issue's number: they only ever grow.
  const forgotten = new Set(
    closed
      .sort(([, [left]], [, [right]]) => right - left)
      .slice(MAX_CLOSED_ISSUES - 1)
      .map(([old]) => old),
  )
  return { issues: { ...Object.fromEntries(Object.entries(rest).filter(([old]) => !forgotten.has(old))), [key]: entry } }
}

function withoutIssue(index: DispatchIndex, key: string): DispatchIndex {
  return { issues: Object.fromEntries(Object.entries(index.issues).filter(([other]) => other !== key)) }
}
