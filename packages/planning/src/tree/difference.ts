import { hashOf } from '@switchyard/core'
import { compareTexts, compareThreeWay } from './compare.ts'
import { depthOf } from './depth.ts'
import { decideLinks } from './links.ts'
import { matchIssues, type MatchInput, withoutLost } from './match.ts'
import type { AppliedIssue, PlanIssue, SeenIssue, TreeChange, TreeConflict, TreeDifference } from './model.ts'
import { type Move, orderSteps } from './order.ts'
import { findReordered } from './places.ts'
import { findRenames } from './renames.ts'
import { baseParent, type Scene, sceneOf } from './scene.ts'
import { decideSorts } from './sorting.ts'

export interface DifferenceInput extends MatchInput {
  /** Parents before their children, as `planIssues` gives them. */
  readonly wanted: readonly PlanIssue[]
}

/**
 * What has to be done so that the issues are what the plan wants, three-way: base is what was applied, theirs what is on GitHub,
 * ours the plan. People's edits are never overwritten: what they and the plan both changed is a conflict. Issues that people
 * closed stay closed, gone ones are not made again, and only links that the plan made are taken away.
 */
export function decideDifference(input: DifferenceInput): TreeDifference {
  const { wanted } = input
  const { issues } = matchIssues(input)
  const applied = withoutLost(input.applied, issues)
  const renames = findRenames({ applied, wanted, issues })
  const scene = sceneOf(applied, wanted, { issues, renames: renames.from })
  const conflicts: TreeConflict[] = []
  const texts: TreeChange[] = []
  const moves: Move[] = []
  for (const issue of wanted) {
    const seen = scene.seen.get(issue.key)
    if (!seen) continue
    const text = decideText({ issue, seen, scene, renamed: renames.from.get(issue.key)?.key })
    const move = decideMove({ issue, seen, scene })
    texts.push(...text.changes)
    if (move?.kind === 'move') moves.push(move)
    conflicts.push(...text.conflicts, ...(move && move.kind !== 'move' ? [move.conflict] : []))
  }
  const drops = decideDrops(scene)
  const { steps, impossible } = orderSteps({
    creates: wanted.filter(({ key }) => !scene.seen.has(key) && !scene.gone.has(key)),
    moves,
    parents: parentsOf(input.seen, scene),
    spare: new Map(droppedOf(scene).map(({ key, number }) => [key, number])),
  })
  conflicts.push(...impossible.map(({ key, number }) => ({ key, number, what: 'parent' as const })), ...goneConflicts(scene))
  const changes = [...texts, ...steps, ...decideOrder(scene), ...decideLinks(scene), ...drops, ...decideSorts(scene)]
  const ordered = inPlanOrder(conflicts, wanted)
  const hash = hashOf({ changes, conflicts: ordered }).slice(0, 12)
  return { changes, conflicts: ordered, unsure: renames.unsure, left: leftOf(scene), hash }
}

/** Whether it only adds to what is there, so that nobody has to be asked; where nothing changes, conflicts are told and left alone. */
export function isHarmless({ changes, conflicts }: Pick<TreeDifference, 'changes' | 'conflicts'>): boolean {
  return changes.every(isAddition) && (conflicts.length === 0 || changes.length === 0)
}

/** Under no parent stands what an earlier try could not put under one. */
function isAddition(change: TreeChange): boolean {
  return change.kind === 'create' || change.kind === 'link' || (change.kind === 'move' && change.from === undefined)
}

interface One {
  readonly issue: PlanIssue
  readonly seen: SeenIssue
  readonly scene: Scene
}

function decideText({ issue, seen, scene, renamed }: One & { readonly renamed: string | undefined }): {
  readonly changes: readonly TreeChange[]
  readonly conflicts: readonly TreeConflict[]
} {
  const base = scene.base.get(issue.key)
  const { parts, conflicts } = compareTexts({ issue, base, seen })
  const write = { issue, number: seen.number, parts }
  const changes: TreeChange[] = []
  if (base?.isDropped) changes.push({ kind: 'revive', ...write })
  else if (renamed !== undefined) changes.push({ kind: 'rename', from: renamed, ...write })
  else if (parts.length > 0) changes.push({ kind: 'edit', ...write })
  return { changes, conflicts: conflicts.map((what) => ({ key: issue.key, number: seen.number, what })) }
}

function decideMove({ issue, seen, scene }: One): Move | { readonly kind: 'conflict'; readonly conflict: TreeConflict } | undefined {
  const { key, parent: ours } = issue
  const { number } = seen
  const theirs = scene.parentOf(seen)
  const base = baseParent(scene, key)
  // What people put a plan's epic under is theirs to say.
  if (ours === undefined && (theirs === undefined || !scene.seen.has(theirs))) return undefined
  const verdict = compareThreeWay({ base: scene.seen.has(base ?? '') ? base : undefined, theirs, ours })
  if (verdict === 'settled') return undefined
  const gone = ours === undefined ? undefined : scene.gone.get(ours)
  if (gone !== undefined) return base === ours ? undefined : { kind: 'conflict', conflict: { key, number: gone, what: 'parent-gone' } }
  if (verdict === 'conflict') return { kind: 'conflict', conflict: { key, number, what: 'parent' } }
  return { kind: 'move', key, number, from: theirs, to: ours }
}

/** What the plan reorders under one parent. What is new there, comes from another or is revived gets its place when it does. */
function decideOrder(scene: Scene): readonly TreeChange[] {
  const { wanted, base, seen } = scene
  const groups = Map.groupBy(wanted.values(), ({ parent }) => parent)
  const standing = [...base].flatMap(([key, { isDropped }]) => (isDropped ? [] : [key]))
  const before = Map.groupBy(standing, (key) => baseParent(scene, key))
  return [...groups].flatMap(([parent, siblings]) => {
    if (parent === undefined) return []
    const there = siblings.filter(({ key }) => seen.has(key))
    return findReordered(there, before.get(parent) ?? []).flatMap(({ issue: { key }, after }): readonly TreeChange[] => {
      const number = seen.get(key)?.number
      return number === undefined ? [] : [{ kind: 'place', key, number, after }]
    })
  })
}

/** Applied issues that are there and that the plan no longer has. */
function droppedOf({ base, wanted, seen }: Scene): readonly AppliedIssue[] {
  return [...base].filter(([key]) => !wanted.has(key) && seen.has(key)).map(([, item]) => item)
}

/** Children before their parents. What is closed already is left as whoever closed it left it. */
function decideDrops(scene: Scene): readonly TreeChange[] {
  const depth = (key: string): number => depthOf(key, (each) => baseParent(scene, each), scene.base.size)
  return droppedOf(scene)
    .filter(({ key, isDropped }) => !isDropped && scene.seen.get(key)?.isOpen)
    .map(({ key, number, title }) => ({ kind: 'drop' as const, key, number, title, depth: depth(key) }))
    .sort((left, right) => right.depth - left.depth)
    .map(({ depth: _, ...drop }) => drop)
}

/** What somebody closed, done most often, and the plan loses now. */
function leftOf(scene: Scene): readonly AppliedIssue[] {
  return droppedOf(scene).filter(({ key, isDropped, hasLeft }) => !isDropped && hasLeft !== true && scene.seen.get(key)?.isOpen === false)
}

function parentsOf(seen: readonly SeenIssue[], scene: Scene): ReadonlyMap<string, string | undefined> {
  const ours = new Map([...scene.seen].map(([key, { number }]) => [number, key]))
  return new Map(seen.map((issue) => [ours.get(issue.number) ?? `#${issue.number}`, scene.parentOf(issue)]))
}

function goneConflicts({ gone, base }: Scene): readonly TreeConflict[] {
  return [...gone].map(([key, number]) => ({ key, number, what: base.has(key) ? 'gone' : 'parent-gone' }))
}

function inPlanOrder(conflicts: readonly TreeConflict[], wanted: readonly PlanIssue[]): readonly TreeConflict[] {
  const places = new Map(wanted.map(({ key }, at) => [key, at]))
  return conflicts.toSorted((left, right) => (places.get(left.key) ?? 0) - (places.get(right.key) ?? 0))
}
