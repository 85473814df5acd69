import { z } from 'zod'
import { changeIssue, openIssue } from '../acts/issues.ts'
import { refusalOf } from '../auth/access.ts'
import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { presentIssue } from '../present/issues.ts'
import { commentsOf, findIssue, issuesOf } from '../world/issues.ts'
import { findLabel } from '../world/labels.ts'
import { findPull } from '../world/pulls.ts'
import { BODY_TOO_LONG, isBodyTooLong, TITLE_CHARACTERS } from '../world/limits.ts'
import { isAtLeast, roleOf } from '../world/repositories.ts'
import type { Issue, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem, requiresAuthentication, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
/** Whoever reads may write here; what is another's is asked for again. */
const write = [{ permission: 'issues', level: 'write', role: 'read' }] as const

const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
const title = z.union([z.string(), z.number().transform(String)])

/** Everything that writes is somebody's doing. */
export function requireToken(viewer: Viewer): TokenViewer {
  if (viewer.kind !== 'token') throw requiresAuthentication()
  return viewer
}

/** What somebody else wrote takes triage; an App's permission has been checked already. */
export function requireOwn(
  world: World,
  viewer: Viewer,
  { repository, authorId }: { readonly repository: Repository; readonly authorId: number },
): TokenViewer {
  const writer = requireToken(viewer)
  const isFree = writer.app !== undefined || writer.account.id === authorId
  if (!isFree && !isAtLeast(roleOf(world, repository, writer.account), 'triage')) throw new Problem(403, refusalOf(writer))
  return writer
}

/** Pull requests keep their comments and labels where issues are switched off. */
export function getIssue(world: World, repository: Repository, number: string): Issue {
  const issue = findIssue(world, repository, Number(number))
  const isPull = issue !== undefined && findPull(world, issue) !== undefined
  if (!repository.features.issues && !isPull) throw new Problem(410, 'Issues are disabled for this repo')
  if (issue === undefined) throw notFound()
  return issue
}

export function checkBody(resource: string, body: string | null | undefined): void {
  if (isBodyTooLong(body ?? '')) throw validationFailed({ resource, code: 'custom', field: 'body', message: BODY_TOO_LONG })
}

function checkTitle(text: string | undefined): void {
  if (text === undefined) return
  if (text.trim() === '') throw validationFailed({ resource: 'Issue', code: 'missing_field', field: 'title' })
  if (text.length > TITLE_CHARACTERS) {
    throw validationFailed({
      resource: 'Issue',
      code: 'custom',
      field: 'title',
      message: `title is too long (maximum is ${TITLE_CHARACTERS} characters)`,
    })
  }
}

export const issueRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues',
    operation: 'issues/list-for-repo',
    needs: read,
    body: noBody,
    differs: 'filters: state, labels, since, sort, direction',
    handle(call) {
      const { world, repository, query } = call
      const state = query('state') ?? 'open'
      const labels = (query('labels') ?? '')
        .split(',')
        .filter((name) => name !== '')
        .map((name) => findLabel(world, repository, name.trim())?.id)
      const since = query('since')
      const found = issuesOf(world, repository).filter(
        (issue) =>
          (state === 'all' || issue.state === state) &&
          labels.every((id) => id !== undefined && issue.labelIds.includes(id)) &&
          (since === undefined || Date.parse(issue.updatedAt) >= Date.parse(since)),
      )
      return list(call, sorted(world, found, { by: query('sort'), direction: query('direction') }), (issue) => presentIssue(world, issue))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues',
    operation: 'issues/create',
    needs: write,
    createsContent: true,
    differs: '`type` and issue fields are not taken',
    body: z.object({
      title,
      body: z.string().nullish(),
      labels: z.array(label).optional(),
      assignees: z.array(z.string()).optional(),
      milestone: z.int().nullish(),
    }),
    handle({ world, viewer, repository, body }) {
      if (!repository.features.issues) throw new Problem(410, 'Issues are disabled for this repo')
      checkTitle(body.title)
      checkBody('Issue', body.body)
      const input = {
        title: body.title,
        body: body.body ?? undefined,
        labels: body.labels,
        assignees: body.assignees,
        milestone: body.milestone ?? undefined,
      }
      const shown = presentIssue(world, openIssue(world, requireToken(viewer), { repository, input }))
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    operation: 'issues/get',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentIssue(world, getIssue(world, repository, param('issue_number')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    operation: 'issues/update',
    needs: write,
    differs: 'a body over the limit is ignored without a word, as on GitHub',
    body: z.object({
      title: title.optional(),
      body: z.string().nullish(),
      state: z.enum(['open', 'closed']).optional(),
      state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
      labels: z.array(label).optional(),
      assignees: z.array(z.string()).optional(),
      milestone: z.int().nullish(),
    }),
    handle({ world, viewer, repository, param, body }) {
      const issue = getIssue(world, repository, param('issue_number'))
      checkTitle(body.title)
      const changes = {
        title: body.title,
        body: body.body,
        state: body.state,
        stateReason: body.state_reason ?? undefined,
        labels: body.labels,
        assignees: body.assignees,
        milestone: body.milestone,
      }
      changeIssue(world, requireOwn(world, viewer, { repository, authorId: issue.authorId }), { issue, changes })
      return ok(presentIssue(world, issue))
    },
  }),
]

interface Sorting {
  readonly by: string | undefined
  readonly direction: string | undefined
}

/** By creation, newest first, unless said otherwise; issues that are alike, by creation too. */
function sorted(world: World, issues: readonly Issue[], { by, direction }: Sorting): readonly Issue[] {
  const keyed = issues.map((issue) => ({ issue, key: sortKey(world, issue, by) }))
  const ascending = keyed
    .toSorted((left, right) => left.key - right.key || left.issue.number - right.issue.number)
    .map(({ issue }) => issue)
  return direction === 'asc' ? ascending : ascending.toReversed()
}

function sortKey(world: World, issue: Issue, by: string | undefined): number {
  if (by === 'updated') return Date.parse(issue.updatedAt)
  return by === 'comments' ? commentsOf(world, issue).length : issue.number
}
