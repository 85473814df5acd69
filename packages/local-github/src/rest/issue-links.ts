import { z } from 'zod'
import {
  addBlocker,
  addSubIssue,
  placeSubIssue,
  type PlaceRefusal,
  removeBlocker,
  removeSubIssue,
  type LinkRefusal,
} from '../acts/issue-links.ts'
import { presentIssue } from '../present/issues.ts'
import { SUB_ISSUE_LEVELS, SUB_ISSUES, BLOCKERS } from '../world/limits.ts'
import type { Issue } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getIssue } from './issues.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
const write = [{ permission: 'issues', level: 'write', role: 'triage' }] as const
const base = '/repos/{owner}/{repo}/issues/{issue_number}'

/** By database id, not by number, as these endpoints name the other issue. */
function getById(world: World, id: number): Issue {
  const issue = world.state.issues.get(id)
  if (issue === undefined) throw notFound()
  return issue
}

const byIds = (world: World, ids: readonly number[]): readonly Issue[] => ids.map((id) => getById(world, id))

const sayings: Readonly<Record<LinkRefusal, string>> = {
  'has-parent': 'Sub issue may only have one parent',
  linked: 'Issue may not contain duplicate links',
  self: 'Issue cannot be linked to itself',
  cycle: 'Issue link would make a circle',
  'other-owner': 'Sub issue must have the same owner as its parent',
  'too-many': `Parent cannot have more than ${SUB_ISSUES} sub-issues, nor an issue more than ${BLOCKERS} blockers`,
  'too-deep': `Sub-issues cannot be more than ${SUB_ISSUE_LEVELS} levels deep`,
  // GitHub's own words (github/github-mcp-server#1842).
  raced: 'Priority has already been taken',
}

const linkProblem = (reason: LinkRefusal): Problem =>
  new Problem(422, `An error occurred while adding the sub-issue to the parent issue. ${sayings[reason]}`)

const misplacements: Readonly<Record<PlaceRefusal, string>> = {
  'no-place': 'Either after_id or before_id has to be given, and not both',
  'other-parent': 'The sub-issue does not belong to this parent',
  'beside-itself': 'A sub-issue cannot be prioritized beside itself',
}

export const issueLinkRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: `${base}/parent`,
    operation: 'issues/get-parent',
    needs: read,
    body: noBody,
    handle({ world, repository, param }) {
      const { parentId } = getIssue(world, repository, param('issue_number'))
      if (parentId === undefined) throw notFound()
      return ok(presentIssue(world, getById(world, parentId)))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${base}/sub_issues`,
    operation: 'issues/list-sub-issues',
    needs: read,
    body: noBody,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      return list(call, byIds(call.world, issue.subIssueIds), (each) => presentIssue(call.world, each))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: `${base}/sub_issues`,
    operation: 'issues/add-sub-issue',
    needs: write,
    differs: "the refusals' words are not published",
    body: z.object({ sub_issue_id: z.int(), replace_parent: z.boolean().default(false) }),
    async handle({ world, repository, param, body }) {
      const parent = getIssue(world, repository, param('issue_number'))
      const linked = await addSubIssue(world, { parent, child: getById(world, body.sub_issue_id), replace: body.replace_parent })
      if (!linked.ok) throw linkProblem(linked.reason)
      return created(presentIssue(world, parent))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: `${base}/sub_issue`,
    operation: 'issues/remove-sub-issue',
    needs: write,
    body: z.object({ sub_issue_id: z.int() }),
    handle({ world, repository, param, body }) {
      const parent = getIssue(world, repository, param('issue_number'))
      const child = getById(world, body.sub_issue_id)
      if (child.parentId !== parent.id) throw notFound()
      removeSubIssue(world, child)
      return ok(presentIssue(world, parent))
    },
  }),
  repositoryRoute({
    method: 'PATCH',
    path: `${base}/sub_issues/priority`,
    operation: 'issues/reprioritize-sub-issue',
    needs: write,
    differs: "the refusals' words are not published; the body of the 500 that an id of 0 gets is empty",
    body: z.object({ sub_issue_id: z.int(), after_id: z.int().optional(), before_id: z.int().optional() }),
    handle({ world, repository, param, body: { sub_issue_id: id, after_id: afterId, before_id: beforeId } }) {
      const parent = getIssue(world, repository, param('issue_number'))
      // Measured (mfittko/dev-loops#1160): no place to begin with, as a client may take it to be.
      if (afterId === 0 || beforeId === 0) throw new Problem(500, 'Server Error')
      const refusal = placeSubIssue(parent, getById(world, id), {
        after: afterId === undefined ? undefined : getById(world, afterId),
        before: beforeId === undefined ? undefined : getById(world, beforeId),
      })
      if (refusal === 'other-parent') throw notFound()
      if (refusal !== undefined) throw new Problem(422, misplacements[refusal])
      return ok(presentIssue(world, parent))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${base}/dependencies/blocked_by`,
    operation: 'issues/list-dependencies-blocked-by',
    needs: read,
    body: noBody,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      return list(call, byIds(call.world, issue.blockedByIds), (each) => presentIssue(call.world, each))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: `${base}/dependencies/blocked_by`,
    operation: 'issues/add-blocked-by-dependency',
    needs: write,
    differs: "the refusals' words are not published",
    body: z.object({ issue_id: z.int() }),
    handle({ world, repository, param, body }) {
      const issue = getIssue(world, repository, param('issue_number'))
      const linked = addBlocker(issue, getById(world, body.issue_id))
      if (!linked.ok) throw linkProblem(linked.reason)
      return created(presentIssue(world, issue))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: `${base}/dependencies/blocked_by/{issue_id}`,
    operation: 'issues/remove-dependency-blocked-by',
    needs: write,
    body: noBody,
    handle({ world, repository, param }) {
      const issue = getIssue(world, repository, param('issue_number'))
      if (!removeBlocker(issue, getById(world, Number(param('issue_id'))))) throw notFound()
      return ok(presentIssue(world, issue))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${base}/dependencies/blocking`,
    operation: 'issues/list-dependencies-blocking',
    needs: read,
    body: noBody,
    handle(call) {
      const { id } = getIssue(call.world, call.repository, call.param('issue_number'))
      const blocked = [...call.world.state.issues.values()].filter((each) => each.blockedByIds.includes(id))
      return list(call, blocked, (each) => presentIssue(call.world, each))
    },
  }),
]
