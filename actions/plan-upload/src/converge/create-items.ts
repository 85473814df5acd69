import { GitHubError, UserError } from '@switchyard/core'
import type { Dropped, MadeIssue } from '@switchyard/github/operations'
import type { PlanIssue, TreeChange } from '@switchyard/planning'
import { decideBatches, matchIssues, renderBody } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'
import { LOOK_MS, PER_REQUEST } from '../limits.ts'
import type { Making } from './carry-out.ts'
import { observeItems } from './observe-items.ts'
import { Pace } from './pace.ts'

/** How often a creation that GitHub refuses for the moment is tried. */
const TRIES = 4

/** Makes the issues that are missing: level by level, several a request, one request after another, in the plan's order. */
export async function createItems(door: Door, making: Making, changes: readonly TreeChange[]): Promise<void> {
  const missing = changes.flatMap((change) => (change.kind === 'create' ? [change.issue] : []))
  making.progress.begin(missing.length)
  const pace = new Pace(door)
  for (const batch of decideBatches(missing, PER_REQUEST)) await createBatch(door, making, { batch, pace })
}

interface Batch {
  readonly batch: readonly PlanIssue[]
  readonly pace: Pace
}

/** Until all of a batch are there: what a lost answer may have made is looked for before anything is made again. */
async function createBatch(door: Door, making: Making, { batch, pace }: Batch): Promise<void> {
  let left = batch
  for (let tries = 1; left.length > 0; tries += 1) {
    await pace.wait(left.length)
    try {
      const results = await send(making, left)
      pace.note(results.length)
      const refused = keep(making, left, results)
      const [first] = refused
      if (first !== undefined && (tries >= TRIES || !isPassing(first.result))) throw refuse(first.issue, first.result)
      left = refused.map(({ issue }) => issue)
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.isAmbiguous || tries >= TRIES) throw error
      making.isUnsure = true
      pace.note(left.length)
      left = await findMissing(door, making, left)
    }
    if (left.length > 0) await door.given.io.sleep(LOOK_MS[0])
  }
}

async function send({ target, facts, subject, there, progress }: Making, issues: readonly PlanIssue[]): Promise<readonly MadeIssue[]> {
  const { createIssueBatch } = await import('@switchyard/github/operations')
  const made = await createIssueBatch(target.github, {
    repositoryId: facts.repositoryId,
    issues: issues.map(({ key, parent, title, section }) => ({
      title,
      body: renderBody({ subject, key, section }),
      parentId: parent === undefined ? undefined : there.get(parent)?.nodeId,
      labelIds: facts.labelIds,
      milestoneId: facts.milestoneId,
      assigneeIds: facts.assigneeIds,
    })),
    beside: target.isHere ? progress.draw(issues.length) : [],
  })
  return made.issues
}

type Refused = Extract<MadeIssue, { kind: 'refused' }>

/** Writes down what was made. Returns what was not. */
function keep(
  making: Making,
  issues: readonly PlanIssue[],
  results: readonly MadeIssue[],
): readonly { readonly issue: PlanIssue; readonly result: Refused }[] {
  const refused: { readonly issue: PlanIssue; readonly result: Refused }[] = []
  for (const [at, issue] of issues.entries()) {
    const result = results[at]
    if (result === undefined) continue
    if (result.kind === 'refused') {
      refused.push({ issue, result })
      continue
    }
    note(making, issue, result)
    making.notes.push(...sayDropped(result.number, result.dropped))
  }
  return refused
}

function sayDropped(number: number, { labels, milestone, assignees, parent, body }: Dropped): readonly string[] {
  const left = [
    ...(labels.length > 0 ? ['labels'] : []),
    ...(milestone ? ['the milestone'] : []),
    ...(assignees.length > 0 ? ['assignees'] : []),
    ...(parent ? ['the parent'] : []),
    ...(body ? ['a part of the text'] : []),
  ]
  return left.length === 0 ? [] : [`GitHub left out ${left.join(', ')} of #${number}: the token may not set them.`]
}

function note({ there, numbers, done, progress }: Making, issue: PlanIssue, { number, nodeId }: { readonly number: number; readonly nodeId: string }): void {
  there.set(issue.key, { number, nodeId })
  numbers.set(issue.key, number)
  done.push({ kind: 'create', issue })
  progress.note(1)
}

/** Another request put a child under the same parent at that moment, or GitHub stumbled: it may go well next time. */
function isPassing({ type }: Refused): boolean {
  return type === 'UNPROCESSABLE' || type === undefined
}

function refuse({ title }: PlanIssue, { message }: Refused): UserError {
  return new UserError('CREATE_REFUSED', `GitHub refused to make the issue “${title}”: ${message}`, {
    hint: 'Mend what it says, and say `/plan materialise` again: what was made is kept.',
  })
}

/** Lists lag, and GitHub may still be at work on what it was sent: looked for a few times before it counts as not made. */
async function findMissing(door: Door, making: Making, issues: readonly PlanIssue[]): Promise<readonly PlanIssue[]> {
  const { target, subject, applied, openedAt } = making
  let left = issues
  for (const pause of LOOK_MS) {
    await door.given.io.sleep(pause)
    const seen = await observeItems(target, { applied: [], since: openedAt })
    const { issues: found } = matchIssues({ subject, applied, seen })
    for (const issue of left) {
      const one = found.get(issue.key)
      if (one !== undefined) note(making, issue, one)
    }
    left = left.filter(({ key }) => !making.there.has(key))
    if (left.length === 0) break
  }
  return left
}
