import { setImmediate } from 'node:timers/promises'
import type { WorldContext } from '../world/context.ts'
import { BLOCKERS, SUB_ISSUE_LEVELS, SUB_ISSUES } from '../world/limits.ts'
import { getRepository } from '../world/repositories.ts'
import type { Issue } from '../world/types.ts'

/**
 * `has-parent`: it belongs to another issue, and moving was not asked for; `linked`: the link is there already; `self` and `cycle`: the
 * issue would stand under itself; `other-owner`: sub-issues live under one owner; `too-many` and `too-deep`: GitHub's ceilings; `raced`:
 * another link under the same parent is being made just now.
 */
export type LinkRefusal = 'has-parent' | 'linked' | 'self' | 'cycle' | 'other-owner' | 'too-many' | 'too-deep' | 'raced'
export type LinkOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: LinkRefusal }

const refused = (reason: LinkRefusal): LinkOutcome => ({ ok: false, reason })

function ancestorsOf(context: WorldContext, issue: Issue): readonly Issue[] {
  const parent = issue.parentId === undefined ? undefined : context.state.issues.get(issue.parentId)
  return parent === undefined ? [] : [parent, ...ancestorsOf(context, parent)]
}

function levelsBelow(context: WorldContext, issue: Issue): number {
  const children = issue.subIssueIds.map((id) => context.state.issues.get(id)).filter((child) => child !== undefined)
  return children.reduce((deepest, child) => Math.max(deepest, 1 + levelsBelow(context, child)), 0)
}

function judgeSubIssue(context: WorldContext, { parent, child, replace }: SubIssueLink): LinkRefusal | undefined {
  const ancestors = ancestorsOf(context, parent)
  if (parent.id === child.id) return 'self'
  if (ancestors.includes(child)) return 'cycle'
  if (getRepository(context, parent.repositoryId).ownerId !== getRepository(context, child.repositoryId).ownerId) return 'other-owner'
  if (child.parentId === parent.id) return 'linked'
  if (child.parentId !== undefined && !replace) return 'has-parent'
  if (parent.subIssueIds.length >= SUB_ISSUES) return 'too-many'
  return ancestors.length + 1 + levelsBelow(context, child) > SUB_ISSUE_LEVELS ? 'too-deep' : undefined
}

export interface SubIssueLink {
  readonly parent: Issue
  readonly child: Issue
  /** Takes the child from another parent. */
  readonly replace: boolean
}

/** Parents under which a link is being made. */
const linking = new WeakSet<Issue>()

/**
 * Puts an issue under another. Takes a turn of the event loop, in which a second link under the same parent is refused: each takes the
 * next place in the parent's order, and both would take the same one (github/github-mcp-server#1842). Ceilings: github-facts 6.4.
 */
export async function addSubIssue(context: WorldContext, link: SubIssueLink): Promise<LinkOutcome> {
  if (linking.has(link.parent)) return refused('raced')
  const outcome = putUnder(context, link)
  if (!outcome.ok) return outcome
  linking.add(link.parent)
  await setImmediate()
  linking.delete(link.parent)
  return outcome
}

function putUnder(context: WorldContext, link: SubIssueLink): LinkOutcome {
  const reason = judgeSubIssue(context, link)
  if (reason !== undefined) return refused(reason)
  removeSubIssue(context, link.child)
  link.parent.subIssueIds.push(link.child.id)
  link.child.parentId = link.parent.id
  return { ok: true }
}

/** Takes an issue from its parent, if it has one. */
export function removeSubIssue(context: WorldContext, child: Issue): void {
  const parent = child.parentId === undefined ? undefined : context.state.issues.get(child.parentId)
  if (parent !== undefined) parent.subIssueIds = parent.subIssueIds.filter((id) => id !== child.id)
  child.parentId = undefined
}

/** Exactly one of the two says where it goes, by another sub-issue of the same parent. */
export interface Placing {
  readonly after?: Issue | undefined
  readonly before?: Issue | undefined
}

/** `no-place`: none or both of the two; `other-parent`: one of them stands elsewhere; `beside-itself`: its own place is named. */
export type PlaceRefusal = 'no-place' | 'other-parent' | 'beside-itself'

/** Gives a sub-issue another place in its parent's order. Returns why not. Source: REST, issues/reprioritize-sub-issue. */
export function placeSubIssue(parent: Issue, child: Issue, { after, before }: Placing): PlaceRefusal | undefined {
  const beside = after ?? before
  if (beside === undefined || (after !== undefined && before !== undefined)) return 'no-place'
  if (child.parentId !== parent.id || beside.parentId !== parent.id) return 'other-parent'
  if (child.id === beside.id) return 'beside-itself'
  const others = parent.subIssueIds.filter((id) => id !== child.id)
  others.splice(others.indexOf(beside.id) + (after === undefined ? 0 : 1), 0, child.id)
  parent.subIssueIds = others
  return undefined
}

/** Marks an issue as blocked by another. Ceiling: github-facts 6.5. */
export function addBlocker(issue: Issue, blocker: Issue): LinkOutcome {
  if (issue.id === blocker.id) return refused('self')
  if (issue.blockedByIds.includes(blocker.id)) return refused('linked')
  if (blocker.blockedByIds.includes(issue.id)) return refused('cycle')
  if (issue.blockedByIds.length >= BLOCKERS) return refused('too-many')
  issue.blockedByIds.push(blocker.id)
  return { ok: true }
}

/** False when there was no such link. */
export function removeBlocker(issue: Issue, blocker: Issue): boolean {
  const had = issue.blockedByIds.includes(blocker.id)
  issue.blockedByIds = issue.blockedByIds.filter((id) => id !== blocker.id)
  return had
}
