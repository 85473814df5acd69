import { z } from 'zod'
import { announceIssue, labelIds } from '../acts/issues.ts'
import type { Viewer } from '../auth/viewer.ts'
import { presentLabel } from '../present/issues.ts'
import { findLabel } from '../world/labels.ts'
import type { Issue } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, noContent } from '../server/answer.ts'
import { list, type PageCall } from '../server/paging.ts'
import { Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getIssue } from './issues.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
const write = [{ permission: 'issues', level: 'write', role: 'triage' }] as const
const base = '/repos/{owner}/{repo}/issues/{issue_number}/labels'

const name = z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)])
const body = z.union([z.object({ labels: z.array(name).default([]) }).transform(({ labels }) => labels), z.array(name)])

function show(call: PageCall & { readonly world: World }, issue: Issue): Answer {
  const labels = issue.labelIds.map((id) => call.world.state.labels.get(id)).filter((label) => label !== undefined)
  return list(call, labels, (label) => presentLabel(call.world, label))
}

function setLabels(world: World, viewer: Viewer, { issue, ids }: { readonly issue: Issue; readonly ids: readonly number[] }): void {
  const before = issue.labelIds
  issue.labelIds = [...new Set(ids)]
  issue.updatedAt = world.clock.moment()
  const has = (list: readonly number[], id: number): boolean => list.includes(id)
  for (const id of issue.labelIds.filter((each) => !has(before, each))) announceLabel(world, viewer, { issue, id, action: 'labeled' })
  for (const id of before.filter((each) => !has(issue.labelIds, each))) announceLabel(world, viewer, { issue, id, action: 'unlabeled' })
}

function announceLabel(
  world: World,
  viewer: Viewer,
  change: { readonly issue: Issue; readonly id: number; readonly action: 'labeled' | 'unlabeled' },
): void {
  const label = world.state.labels.get(change.id)
  if (label === undefined) return
  announceIssue(world, viewer, { issue: change.issue, action: change.action, content: { label: presentLabel(world, label) } })
}

export const issueLabelRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: base,
    operation: 'issues/list-labels-on-issue',
    needs: read,
    body: noBody,
    handle: (call) => show(call, getIssue(call.world, call.repository, call.param('issue_number'))),
  }),
  repositoryRoute({
    method: 'POST',
    path: base,
    operation: 'issues/add-labels',
    needs: write,
    body,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      setLabels(call.world, call.viewer, { issue, ids: [...issue.labelIds, ...labelIds(call.world, call.repository, call.body)] })
      return show(call, issue)
    },
  }),
  repositoryRoute({
    method: 'PUT',
    path: base,
    operation: 'issues/set-labels',
    needs: write,
    body,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      setLabels(call.world, call.viewer, { issue, ids: labelIds(call.world, call.repository, call.body) })
      return show(call, issue)
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: base,
    operation: 'issues/remove-all-labels',
    needs: write,
    body: noBody,
    handle({ world, viewer, repository, param }) {
      setLabels(world, viewer, { issue: getIssue(world, repository, param('issue_number')), ids: [] })
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: `${base}/{name}`,
    operation: 'issues/remove-label',
    needs: write,
    body: noBody,
    handle(call) {
      const issue = getIssue(call.world, call.repository, call.param('issue_number'))
      const label = findLabel(call.world, call.repository, call.param('name'))
      if (label === undefined || !issue.labelIds.includes(label.id)) throw new Problem(404, 'Label does not exist')
      setLabels(call.world, call.viewer, { issue, ids: issue.labelIds.filter((id) => id !== label.id) })
      return show(call, issue)
    },
  }),
]
