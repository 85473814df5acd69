import {
  addBlocker,
  addSubIssue as putUnder,
  type LinkRefusal,
  placeSubIssue,
  type PlaceRefusal,
  removeBlocker,
  removeSubIssue as takeOut,
  type SubIssueLink,
} from '../../acts/issue-links.ts'
import { SUB_ISSUE_LEVELS, SUB_ISSUES } from '../../world/limits.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode } from '../nodes.ts'
import { notImplemented, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'
import { requireIssueWrite } from './issue-permission.ts'

/** Close to GitHub's own words; told apart by type, never by these. */
const sayings: Readonly<Record<LinkRefusal, string>> = {
  'has-parent': 'Sub issue may only have one parent',
  linked: 'The issues are linked already',
  self: 'An issue cannot be linked to itself',
  cycle: 'The link would close a cycle',
  'other-owner': 'Issues must belong to repositories of one owner',
  'too-many': `Parent cannot have more than ${SUB_ISSUES} sub-issues`,
  'too-deep': `Sub-issues cannot be nested deeper than ${SUB_ISSUE_LEVELS} levels`,
  // GitHub's own words (github/github-mcp-server#1842).
  raced: 'Priority has already been taken',
}

export async function linkSubIssue(context: GraphqlContext, link: SubIssueLink): Promise<void> {
  const outcome = await putUnder(context.world, link)
  if (!outcome.ok) throw unprocessable(`An error occurred while adding the sub-issue to the parent issue. ${sayings[outcome.reason]}`)
}

export async function addSubIssue(input: Args, context: GraphqlContext) {
  const childId = input.findText('subIssueId')
  if (childId === undefined) throw notImplemented('AddSubIssueInput.subIssueUrl')
  const [parent, child] = await Promise.all([getNode(context, 'Issue', input.text('issueId')), getNode(context, 'Issue', childId)])
  requireIssueWrite(context, parent, 'AddSubIssue')
  await linkSubIssue(context, { parent, child, replace: input.flag('replaceParent') })
  return { issue: source('Issue', parent), subIssue: source('Issue', child) }
}

export async function removeSubIssue(input: Args, context: GraphqlContext) {
  const [parent, child] = await Promise.all([
    getNode(context, 'Issue', input.text('issueId')),
    getNode(context, 'Issue', input.text('subIssueId')),
  ])
  requireIssueWrite(context, parent, 'RemoveSubIssue')
  if (child.parentId !== parent.id) throw unprocessable('The issue is not a sub-issue of that parent')
  takeOut(context.world, child)
  return { issue: source('Issue', parent), subIssue: source('Issue', child) }
}

export async function reprioritizeSubIssue(input: Args, context: GraphqlContext) {
  const find = async (name: string) => {
    const id = input.findText(name)
    return id === undefined ? undefined : getNode(context, 'Issue', id)
  }
  const [parent, child] = await Promise.all([
    getNode(context, 'Issue', input.text('issueId')),
    getNode(context, 'Issue', input.text('subIssueId')),
  ])
  requireIssueWrite(context, parent, 'ReprioritizeSubIssue')
  const [after, before] = await Promise.all([find('afterId'), find('beforeId')])
  const refusal = placeSubIssue(parent, child, { after, before })
  if (refusal !== undefined) throw unprocessable(misplacements[refusal])
  return { issue: source('Issue', parent) }
}

const misplacements: Readonly<Record<PlaceRefusal, string>> = {
  'no-place': 'Either afterId or beforeId has to be specified, and not both',
  'other-parent': 'The issue is not a sub-issue of that parent',
  'beside-itself': 'A sub-issue cannot be prioritized beside itself',
}

async function readDependency(input: Args, context: GraphqlContext, operation: string) {
  const [issue, blocker] = await Promise.all([
    getNode(context, 'Issue', input.text('issueId')),
    getNode(context, 'Issue', input.text('blockingIssueId')),
  ])
  requireIssueWrite(context, issue, operation)
  return { issue, blocker, payload: { issue: source('Issue', issue), blockingIssue: source('Issue', blocker) } }
}

export async function addBlockedBy(input: Args, context: GraphqlContext) {
  const { issue, blocker, payload } = await readDependency(input, context, 'AddBlockedBy')
  const outcome = addBlocker(issue, blocker)
  if (!outcome.ok) {
    throw unprocessable(outcome.reason === 'too-many' ? 'An issue cannot be blocked by more than 50 issues' : sayings[outcome.reason])
  }
  return payload
}

export async function removeBlockedBy(input: Args, context: GraphqlContext) {
  const { issue, blocker, payload } = await readDependency(input, context, 'RemoveBlockedBy')
  if (!removeBlocker(issue, blocker)) throw unprocessable('The issue is not blocked by that one')
  return payload
}
