/** Where GitHub's published description and GitHub itself differ; every entry says how that is known. */

export interface UndeclaredStatus {
  readonly statuses: readonly number[]
  /** `METHOD /path/{template}`, or all operations. */
  readonly operation: string
  /** The published schemas that the body must satisfy one of. */
  readonly schemas: readonly string[]
  readonly why: string
}

const errors = ['basic-error', 'validation-error', 'validation-error-simple'] as const

export const undeclaredStatuses: readonly UndeclaredStatus[] = [
  { statuses: [401], operation: 'all', schemas: errors, why: 'bad credentials: docs, authenticating-to-the-rest-api' },
  {
    statuses: [403, 429],
    operation: 'all',
    schemas: errors,
    why: 'missing permission and both rate limits: docs, troubleshooting-the-rest-api and rate-limits-for-the-rest-api',
  },
  { statuses: [404], operation: 'all', schemas: errors, why: 'what a token cannot see: docs, troubleshooting-the-rest-api' },
  { statuses: [500, 502, 503, 504], operation: 'all', schemas: errors, why: 'time-outs and outages: docs, troubleshooting-the-rest-api' },
  {
    statuses: [422],
    operation: 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    schemas: errors,
    why: 'no trigger, bad ref, unknown or missing input, too large: measured; the description has 200 and 204 only',
  },
  {
    statuses: [422],
    operation: 'PATCH /repos/{owner}/{repo}/milestones/{milestone_number}',
    schemas: errors,
    why: 'a title that is taken, as for issues/create-milestone, which declares it',
  },
]

export interface WrongSchema {
  /** `METHOD /path/{template}`, or all operations. */
  readonly operation: string
  /** Only for refusals. */
  readonly onError?: true
  readonly part: 'request' | 'response' | 'query'
  /** JSON pointer into the body, `*` for any one segment. */
  readonly at: string
  readonly why: string
}

export const wrongSchemas: readonly WrongSchema[] = [
  {
    operation: 'all',
    onError: true,
    part: 'response',
    at: '/status',
    why: 'every error carries its status as a text; validation-error does not declare it (a 422: release-plz/action#518)',
  },
  ...['GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', 'GET /repos/{owner}/{repo}/actions/runs'].map((operation) => ({
    operation,
    part: 'query' as const,
    at: 'created',
    why: 'takes the ranges of the search syntax, as its own words say; the description has a date-time only',
  })),
]

export interface UndeclaredKeys {
  readonly event: string
  readonly keys: readonly string[]
  readonly why: string
}

export const undeclaredKeys: readonly UndeclaredKeys[] = [
  {
    event: 'workflow-run-in-progress',
    keys: ['display_title', 'user_view_type'],
    why: 'the description of this one action is older than those of its sisters, which declare both',
  },
  ...['issues-edited', 'issues-reopened', 'issues-labeled'].map((event) => ({
    event,
    keys: ['user_view_type'],
    why: 'an assignee has it in the descriptions of issues-opened and issues-closed, which are newer',
  })),
]

/** Events that start workflows and are no webhooks: nothing is published for them. */
export const unpublishedEvents: ReadonlySet<string> = new Set(['schedule'])
