import type { Recorded, RunRef } from '@switchyard/core'
import { approvalsFor } from './decide-approval.ts'
import { evolveCustomer } from './evolve-customer.ts'
import { NEW_CUSTOMER } from './find-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { ReleaseFacts } from './records/parts.ts'
import type { ReleaseIndex, ReleaseState, State } from './records/state.ts'
import { parseSubject } from './subjects.ts'

export const initialState: State = { release: null, customer: null }
export const initialIndex: ReleaseIndex = { slugs: {} }

export function evolveState(state: State, event: Recorded<ReleaseEvent>): State {
  if (event.type === 'release.activated') return { ...state, release: begun(event) }
  if (event.type.startsWith('release.step-') || event.type === 'release.steps-imported' || event.type === 'release.box-read') {
    return { ...state, customer: evolveCustomer(state.customer ?? NEW_CUSTOMER, event) }
  }
  return state.release === null ? state : { ...state, release: evolveRelease(state.release, event) }
}

function begun({
  data: { steps, customers, ...facts },
  at,
  actor,
  run,
}: Recorded<Extract<ReleaseEvent, { type: 'release.activated' }>>): ReleaseState {
  const known: ReleaseFacts = facts
  return {
    ...known,
    status: 'active',
    activated_at: at,
    activated_by: actor.login,
    steps,
    planned_steps: steps.length,
    customers,
    board: null,
    opener: openerOf(run),
    cursors: {},
    approved: {},
  }
}

function openerOf({ repository, run_id, run_attempt, job, url }: RunRef): RunRef {
  return { repository, run_id, run_attempt, job, url }
}

function evolveRelease(release: ReleaseState, event: Recorded<ReleaseEvent>): ReleaseState {
  switch (event.type) {
    case 'release.customers-added':
      return { ...release, customers: [...release.customers, ...event.data.customers], opener: openerOf(event.run) }
    case 'release.archived':
      return { ...release, status: 'archived' }
    case 'release.template-changed':
      return { ...release, steps: event.data.steps }
    case 'release.facts-changed': {
      const { changed: _, ...facts } = event.data
      return { ...release, ...facts }
    }
    case 'release.board-made':
      return { ...release, board: event.data }
    case 'release.comments-handled':
      return { ...release, cursors: { ...release.cursors, [event.data.issue]: event.data.cursor } }
    case 'release.content-approved': {
      const { environment, type, sha256 } = event.data
      return { ...release, approved: { ...release.approved, [environment]: [...approvalsFor(release, environment), { type, sha256 }] } }
    }
    case 'release.approval-withdrawn': {
      const { environment, sha256 } = event.data
      const left = approvalsFor(release, environment).filter((one) => one.sha256 !== sha256)
      return { ...release, approved: { ...release.approved, [environment]: left } }
    }
    default:
      return release
  }
}

export function evolveIndex(index: ReleaseIndex, event: Recorded<ReleaseEvent>): ReleaseIndex {
  const { slug } = parseSubject(event.subject)
  if (event.type === 'release.activated') return { slugs: { ...index.slugs, [slug]: 'active' } }
  if (event.type === 'release.archived') return { slugs: { ...index.slugs, [slug]: 'archived' } }
  return index
}
