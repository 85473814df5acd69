import { parseBody, sectionHash } from './body.ts'
import type { AppliedIssue, PlanIssue, SeenIssue, UnsureRename } from './model.ts'

export interface RenameInput {
  readonly applied: readonly AppliedIssue[]
  readonly wanted: readonly PlanIssue[]
  /** By key, as `matchIssues` gives them. */
  readonly issues: ReadonlyMap<string, SeenIssue>
}

export interface Renames {
  /** From the wanted key to what it was before. */
  readonly from: ReadonlyMap<string, AppliedIssue>
  readonly unsure: readonly UnsureRename[]
}

/** Nodes of one level under one parent: where a rename may have happened. */
interface Siblings {
  readonly before: readonly AppliedIssue[]
  readonly after: readonly PlanIssue[]
}

/**
 * Which of the issues that the plan no longer has are new ones under another key. Within one level and parent they pair by the
 * mark that an interrupted run wrote already, by the same title, by the same section, and by the same place between the same
 * siblings – one for one only. A key that the plan gave on both sides is never another's.
 */
export function findRenames({ applied, wanted, issues }: RenameInput): Renames {
  const from = new Map<string, AppliedIssue>()
  const taken = new Set<string>()
  const unsure: UnsureRename[] = []
  const groups = Map.groupBy(wanted, siblingsKey)
  const olds = Map.groupBy(applied, siblingsKey)
  const wantedKeys = new Set(wanted.map(({ key }) => key))
  const appliedKeys = new Set(applied.map(({ key }) => key))
  for (const after of groups.values()) {
    const [{ level, parent } = { level: 'epic', parent: undefined } as const] = after
    const oldParent = parent === undefined ? undefined : (from.get(parent)?.key ?? parent)
    const before = olds.get(siblingsKey({ level, parent: oldParent })) ?? []
    const pairing: Pairing = {
      siblings: { before, after },
      issues,
      from,
      take: (key, old) => {
        from.set(key, old)
        taken.add(old.key)
      },
      removed: () => before.filter((old) => !old.isDropped && !wantedKeys.has(old.key) && issues.has(old.key) && !taken.has(old.key)),
      added: () => after.filter(({ key }) => !appliedKeys.has(key) && !issues.has(key) && !from.has(key)),
    }
    unsure.push(...pairSiblings(pairing).map((keys) => ({ level, parent, ...keys })))
  }
  return { from, unsure }
}

interface Pairing {
  readonly siblings: Siblings
  readonly issues: ReadonlyMap<string, SeenIssue>
  readonly from: ReadonlyMap<string, AppliedIssue>
  readonly take: (key: string, old: AppliedIssue) => void
  readonly removed: () => readonly AppliedIssue[]
  readonly added: () => readonly PlanIssue[]
}

function pairSiblings({ siblings, issues, from, take, removed, added }: Pairing): readonly Pick<UnsureRename, 'removed' | 'added'>[] {
  const pair = (olds: readonly AppliedIssue[], news: readonly PlanIssue[], traits: Traits): Ambiguous => {
    const result = pairOneToOne(olds, news, traits)
    for (const [key, old] of result.pairs) take(key, old)
    return result.ambiguous
  }
  pair(removed(), added(), { old: (old) => markedKey(issues.get(old.key)), new: ({ key }) => key })
  // An id given to a node that had none, or taken from one, does not make it another node.
  for (const own of [true, false]) {
    pair(
      removed().filter(({ hasOwnId }) => own || !hasOwnId),
      added().filter(({ hasOwnId }) => !own || !hasOwnId),
      { old: ({ title }) => title, new: ({ title }) => title },
    )
  }
  const unnamed = (): readonly AppliedIssue[] => removed().filter(({ hasOwnId }) => !hasOwnId)
  const unnamedNew = (): readonly PlanIssue[] => added().filter(({ hasOwnId }) => !hasOwnId)
  const empty = sectionHash('')
  pair(unnamed(), unnamedNew(), {
    old: ({ sha256 }) => (sha256 === empty ? undefined : sha256),
    new: ({ section }) => (section === '' ? undefined : sectionHash(section)),
  })
  const gaps = gapsOf(siblings, from)
  const open = unnamed().filter(({ key }) => issues.get(key)?.isOpen)
  return pair(open, unnamedNew(), { old: ({ key }) => gaps.before.get(key), new: ({ key }) => gaps.after.get(key) })
}

interface Traits {
  readonly old: (old: AppliedIssue) => string | undefined
  readonly new: (issue: PlanIssue) => string | undefined
}

type Ambiguous = readonly { readonly removed: readonly string[]; readonly added: readonly string[] }[]

function pairOneToOne(
  olds: readonly AppliedIssue[],
  news: readonly PlanIssue[],
  traits: Traits,
): { readonly pairs: readonly (readonly [string, AppliedIssue])[]; readonly ambiguous: Ambiguous } {
  const pairs: (readonly [string, AppliedIssue])[] = []
  const ambiguous = []
  const byTrait = Map.groupBy(olds, traits.old)
  for (const [trait, issues] of Map.groupBy(news, traits.new)) {
    const found = trait === undefined ? [] : (byTrait.get(trait) ?? [])
    const [old, ...others] = found
    const [issue, ...more] = issues
    if (!old || !issue) continue
    if (others.length === 0 && more.length === 0) pairs.push([issue.key, old])
    else ambiguous.push({ removed: found.map(({ key }) => key), added: issues.map(({ key }) => key) })
  }
  return { pairs, ambiguous }
}

/** Each sibling's place, named by the nearest siblings around it that were there before and are there still. */
function gapsOf(
  { before, after }: Siblings,
  from: ReadonlyMap<string, AppliedIssue>,
): { readonly before: ReadonlyMap<string, string>; readonly after: ReadonlyMap<string, string> } {
  const oldKeys = after.map(({ key }) => from.get(key)?.key ?? key)
  const stillThere = new Set(oldKeys)
  const keys = before.map(({ key }) => key)
  const kept = new Set(keys.filter((key) => stillThere.has(key)))
  return { before: gapsBetween(keys, kept), after: gapsBetween(oldKeys, kept) }
}

function gapsBetween(keys: readonly string[], kept: ReadonlySet<string>): ReadonlyMap<string, string> {
  let next = ''
  const following = keys.toReversed().map((key) => {
    const gap = next
    if (kept.has(key)) next = key
    return gap
  })
  let previous = ''
  return new Map(
    keys.map((key, at) => {
      const gap = `${previous}>${following[keys.length - 1 - at]}`
      if (kept.has(key)) previous = key
      return [key, gap]
    }),
  )
}

function markedKey(issue: SeenIssue | undefined): string | undefined {
  const body = issue && parseBody(issue.body)
  return body === undefined || body === 'broken' ? undefined : body.key
}

function siblingsKey({ level, parent }: { readonly level: string; readonly parent: string | undefined }): string {
  return `${level} ${parent ?? ''}`
}
