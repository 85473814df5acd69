import { GitHubError, UserError } from '@switchyard/core'
import type { Drawing, Dropped, MadeIssue, PlanFacts } from '@switchyard/github/operations'
import type { PlanIssue, TreeChange } from '@switchyard/planning'
import { decideBatches, matchIssues, MINUTE_LIMIT, renderBody } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'
import { LOOK_MS, PER_REQUEST } from '../limits.ts'
import type { Making } from './making.ts'
import { observeItems, readCreations } from './observe-items.ts'
import { Pace } from './pace.ts'
import { putUnderParents } from './put-under-parents.ts'

const HOUR_MS = 3_600_000
/** How often a creation that GitHub refuses for the moment is tried. */
const TRIES = 4

/** Makes issues whose parents are there or among them: level by level, several a request, in the plan's order. */
export type Creation = (issues: readonly PlanIssue[]) => Promise<void>

/** Looks once for what all that is missing needs; where nothing is, it asks nothing. */
export async function beginCreation(door: Door, making: Making, changes: readonly TreeChange[]): Promise<Creation> {
  const missing = changes.filter(({ kind }) => kind === 'create').length
  if (missing === 0) return () => Promise.resolve()
  const { issues, there, target, unlisted, progress } = making
  progress.begin({ done: issues.filter(({ key }) => there.has(key)).length, total: issues.length })
  const facts = await making.readFacts()
  making.requireWriter(facts)
  const isLong = unlisted !== null || missing + Math.ceil(missing / PER_REQUEST) > MINUTE_LIMIT
  const pace = new Pace(door, isLong ? withEdits(await readCreations(target, door.connection.serverNow() - HOUR_MS)) : [])
  return async (run) => {
    for (const batch of decideBatches(run, PER_REQUEST)) await createBatch(door, making, { batch, pace, facts })
  }
}

/** What was written before: of each request that made issues, the comment that told of it as well. */
function withEdits(createdAt: readonly number[]): readonly number[] {
  return createdAt.toSorted((left, right) => left - right).flatMap((at, no) => (no % PER_REQUEST === 0 ? [at, at] : [at]))
}

interface Batch {
  readonly batch: readonly PlanIssue[]
  readonly pace: Pace
  readonly facts: PlanFacts
}

/** Until all of a batch are there: what a lost answer may have made is looked for before anything is made again. */
async function createBatch(door: Door, making: Making, { batch, pace, facts }: Batch): Promise<void> {
  let left = batch
  for (let tries = 1; left.length > 0; tries += 1) {
    const beside = making.target.isHere ? making.progress.draw(left.length) : []
    // An edited comment counts as content, too.
    const writes = left.length + beside.length
    await pace.wait(writes)
    const results = await send(making, facts, { issues: left, beside }).catch((error: unknown) => {
      if (error instanceof GitHubError && error.isAmbiguous && tries < TRIES) return undefined
      throw error
    })
    pace.note(writes)
    const refused = results && keep(making, left, results)
    const [first] = refused ?? []
    // Nothing was made, and no other try makes it.
    if (first?.result.isForbidden === true && first.issue.parent === undefined) throw refuse(first.issue, first.result)
    // What its parent did not take may stand without one, and be made all the same.
    left = refused?.length === 0 ? [] : await findMissing(door, making, refused?.map(({ issue }) => issue) ?? left)
    if (first !== undefined && left.length > 0 && (tries >= TRIES || first.result.isForbidden)) throw refuse(first.issue, first.result)
    await putUnderParents(door, making)
  }
}

interface Sent {
  readonly issues: readonly PlanIssue[]
  readonly beside: readonly Drawing[]
}

async function send({ target, subject, there }: Making, facts: PlanFacts, { issues, beside }: Sent): Promise<readonly MadeIssue[]> {
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
    beside,
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
    note(making, issue, { ...result, isUnder: !result.dropped.parent })
    making.notes.push(...sayDropped(result.number, result.dropped))
  }
  return refused
}

function sayDropped(number: number, { labels, milestone, assignees, body }: Dropped): readonly string[] {
  const left = [
    ...(labels.length > 0 ? ['labels'] : []),
    ...(milestone ? ['the milestone'] : []),
    ...(assignees.length > 0 ? ['assignees'] : []),
    ...(body ? ['a part of the text'] : []),
  ]
  return left.length === 0 ? [] : [`GitHub left out ${left.join(', ')} of #${number}: the token may not set them.`]
}

interface Noted {
  readonly number: number
  readonly nodeId: string
  /** Whether it stands where it belongs. */
  readonly isUnder: boolean
}

function note({ there, numbers, done, progress, parentless }: Making, issue: PlanIssue, { number, nodeId, isUnder }: Noted): void {
  there.set(issue.key, { number, nodeId })
  numbers.set(issue.key, number)
  // Written down as what it is, so that whoever goes on from here sees what is left to do.
  done.push({ kind: 'create', issue: isUnder ? issue : { ...issue, parent: undefined } })
  if (!isUnder) parentless.push(issue)
  progress.note(1)
}

function refuse({ title }: PlanIssue, { message }: Refused): UserError {
  return new UserError('CREATE_REFUSED', `GitHub refused to make the issue “${title}”: ${message}`, {
    hint: 'Mend what it says, and say it again: what was made is kept.',
  })
}

/** Lists lag, and GitHub may still be at work on what it was sent: looked for a few times before it counts as not made. */
async function findMissing(door: Door, making: Making, issues: readonly PlanIssue[]): Promise<readonly PlanIssue[]> {
  const { target, subject, applied, doubtful } = making
  making.isUnsure = true
  let left = issues
  for (const pause of LOOK_MS) {
    await door.given.io.sleep(pause)
    const seen = await observeItems(target, { applied: [], unlisted: doubtful })
    const { issues: found } = matchIssues({ subject, applied, seen })
    for (const issue of left) {
      const one = found.get(issue.key)
      if (one === undefined) continue
      note(making, issue, { ...one, isUnder: issue.parent === undefined || one.parent !== undefined })
    }
    left = left.filter(({ key }) => !making.there.has(key))
    if (left.length === 0) break
  }
  return left
}
