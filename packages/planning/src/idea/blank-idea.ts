import type { IssueRecord } from './records/parts.ts'
import type { Idea } from './records/state.ts'

/** An idea of which nothing is recorded yet. */
export function blankIdea(issue: IssueRecord): Idea {
  return {
    issue,
    status: 'DRAFT',
    before: null,
    plan: null,
    rounds: [],
    reviewed_at: null,
    approver: null,
    target: null,
    items: {},
    leaves: [],
    done: [],
    not_planned: [],
    applied: null,
    unlisted: null,
    converges: 0,
    converging: null,
    failure: null,
  }
}
