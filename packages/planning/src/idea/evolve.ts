import { InternalError, type Recorded } from '@switchyard/core'
import { blankIdea } from './blank-idea.ts'
import { MAX_ROUNDS } from './limits.ts'
import { evolveClosed, evolveGone, itemsOf, leavesOf } from './progress.ts'
import type { PlanEvent, PlanEventOf } from './records/events.ts'
import type { Converging, Idea, PlanIndex, PlanState } from './records/state.ts'
import { statusAfter } from './status-after.ts'
import { parseIdeaSubject } from './subject.ts'
import { summariseRound } from './summarise-round.ts'
import { isRunning } from './transitions.ts'
import { withUpload } from './uploads.ts'
import { pageOf } from './views/pages.ts'

export const initialState: PlanState = { idea: null }
export const initialIndex: PlanIndex = { uploads: {}, pages: {} }

/** The idea after an event. @throws {InternalError} for a first event that names no issue, and one that the idea's state cannot have. */
export function evolveState({ idea }: PlanState, event: Recorded<PlanEvent>): PlanState {
  const before = 'issue' in event.data ? { ...(idea ?? blankIdea(event.data.issue)), issue: event.data.issue } : idea
  if (before === null) throw new InternalError(`${event.type} is the first event of ${event.subject}.`)
  return { idea: { ...before, ...evolveStatus(before, event), ...evolveRest(before, event) } }
}

/** A cancel leads back to where it came from: to the status before, also after further rounds of one review. */
function evolveStatus({ status, before }: Idea, event: PlanEvent): Pick<Idea, 'status' | 'before'> {
  const after = statusAfter(event) ?? status
  if (!isRunning(after)) return { status: after, before: null }
  return { status: after, before: after === status ? before : status }
}

const UNREVIEWED = { rounds: [], reviewed_at: null, approver: null }

/** Of a plan without issues. */
const UNMADE = { target: null, items: {}, leaves: [], done: [], not_planned: [], applied: null, unlisted: null, failure: null }

function evolveRest(idea: Idea, event: Recorded<PlanEvent>): Partial<Idea> {
  switch (event.type) {
    case 'plan.uploaded':
      return { plan: event.data.plan, ...UNREVIEWED, failure: null }
    case 'plan.review-resulted':
      return evolveReview(idea, event)
    case 'plan.followed':
      return { plan: idea.plan && { ...idea.plan, source: event.data.source } }
    case 'plan.materialise-begun': {
      if (idea.plan === null) throw new InternalError(`There is no plan to make the issues of ${event.subject} of.`)
      return begin(idea, event, { kind: 'materialise', plan: idea.plan, target: event.data.target })
    }
    case 'plan.sync-begun': {
      if (idea.target === null) throw new InternalError(`There are no issues of ${event.subject} to change.`)
      return begin(idea, event, { kind: 'sync', plan: event.data.plan, target: idea.target })
    }
    case 'plan.converged': {
      const { plan, target, tree, applied } = event.data
      const isOther = plan.sha256 !== idea.plan?.sha256
      const made = {
        plan,
        target,
        items: itemsOf(event.data),
        leaves: leavesOf(tree),
        applied,
        unlisted: null,
        converging: null,
        failure: null,
        attempted: undefined,
      }
      return { ...made, ...evolveClosed(idea, event), ...evolveGone(idea, event), ...(isOther && UNREVIEWED) }
    }
    case 'plan.converge-failed': {
      const { error, target, applied, items, unlisted } = event.data
      const ended = { converging: null, failure: { ...error, at: event.at }, unlisted }
      if (applied === null || items === null) return unlisted === null ? ended : { ...ended, target }
      return { ...ended, target, applied, items, ...(idea.converging !== null && { attempted: idea.converging.plan }) }
    }
    case 'plan.converge-handed-over': {
      if (idea.converging === null) throw new InternalError(`No issues of ${event.subject} are being made.`)
      const { repository, run_id, url } = event.run
      const converging = { ...idea.converging, effect_id: event.data.next_effect_id, run: { repository, run_id, url } }
      return { converges: idea.converges + 1, converging }
    }
    case 'plan.item-closed':
    case 'plan.item-reopened':
      return { ...evolveClosed(idea, event), ...evolveGone(idea, event) }
    case 'plan.grill-started':
    case 'plan.grill-finished':
    case 'plan.planning-started':
    case 'plan.planning-failed':
    case 'plan.review-started':
      return {}
    case 'plan.cancelled':
      return event.data.left === undefined ? {} : { ...UNMADE, ...(idea.gone && { gone: [] }) }
  }
}

function evolveReview(idea: Idea, { data, at }: Recorded<PlanEventOf<'plan.review-resulted'>>): Partial<Idea> {
  const { round, plan, approver } = data
  const rounds = [...idea.rounds, summariseRound(round)].slice(-MAX_ROUNDS)
  const ended = round.verdict === 'continue' ? {} : { reviewed_at: at, approver }
  return { rounds, ...ended, ...(plan && { plan, failure: null }) }
}

function begin(
  { converges }: Idea,
  { data, run, at }: Recorded<PlanEventOf<'plan.materialise-begun' | 'plan.sync-begun'>>,
  what: Pick<Converging, 'kind' | 'plan' | 'target'>,
): Partial<Idea> {
  const { effect_id, items, by } = data
  const { repository, run_id, url } = run
  return { converges: converges + 1, converging: { ...what, effect_id, items, by, at, run: { repository, run_id, url } }, failure: null }
}

/** What is known of all ideas together after an event: who uploaded within the hour, and which pages of ideas there are. */
export function evolveIndex(index: PlanIndex, event: Recorded<PlanEvent>): PlanIndex {
  const { uploads, pages } = index
  return {
    uploads: isUpload(event) ? withUpload(uploads, { login: event.data.by, at: event.at }) : uploads,
    pages: withPage(pages, event.subject),
  }
}

/** Whether it saved somebody's plan: a round that revises it does, too. */
function isUpload(event: PlanEvent): event is PlanEventOf<'plan.uploaded' | 'plan.review-resulted'> {
  return event.type === 'plan.uploaded' || (event.type === 'plan.review-resulted' && event.data.plan !== null)
}

function withPage(pages: PlanIndex['pages'], subject: string): PlanIndex['pages'] {
  const place = parseIdeaSubject(subject)
  if (place === undefined) return pages
  const known = pages[place.repositoryId] ?? []
  const page = pageOf(place.issue)
  return known.includes(page) ? pages : { ...pages, [place.repositoryId]: [...known, page].sort((left, right) => left - right) }
}
