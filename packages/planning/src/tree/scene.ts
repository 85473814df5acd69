import type { AppliedIssue, PlanIssue, SeenIssue } from './model.ts'

/** The issues as they are, under the names that the wanted plan gives them. */
export interface Scene {
  readonly wanted: ReadonlyMap<string, PlanIssue>
  readonly base: ReadonlyMap<string, AppliedIssue>
  readonly seen: ReadonlyMap<string, SeenIssue>
  /** The wanted key of what is renamed; any other key as it is. */
  readonly newKey: (key: string) => string
  /** What an issue stands under: a key, or `#<number>` of an issue that is none of the plan's. */
  readonly parentOf: (issue: SeenIssue) => string | undefined
  /** By the key of a wanted issue that is gone, or below one that is: the gone one's number. */
  readonly gone: ReadonlyMap<string, number>
}

interface Names {
  /** By key, as `matchIssues` gives them. */
  readonly issues: ReadonlyMap<string, SeenIssue>
  /** From the wanted key to what it was before. */
  readonly renames: ReadonlyMap<string, AppliedIssue>
}

/** What is wanted, was applied and is there, all under the keys of the wanted plan. */
export function sceneOf(applied: readonly AppliedIssue[], wanted: readonly PlanIssue[], { issues, renames }: Names): Scene {
  const newKeys = new Map([...renames].map(([key, { key: old }]) => [old, key]))
  const newKey = (key: string): string => newKeys.get(key) ?? key
  const named = new Map([...issues].map(([key, issue]) => [newKey(key), issue]))
  const base = new Map(applied.map((item) => [newKey(item.key), item]))
  const keys = new Map([...named].map(([key, { number }]) => [number, key]))
  const gone = new Map<string, number>()
  for (const { key, parent } of wanted) {
    const number = base.get(key)?.number ?? (parent === undefined ? undefined : gone.get(parent))
    if (!named.has(key) && number !== undefined) gone.set(key, number)
  }
  return {
    wanted: new Map(wanted.map((issue) => [issue.key, issue])),
    base,
    seen: named,
    newKey,
    parentOf: ({ parent }) => (parent === undefined ? undefined : (keys.get(parent) ?? `#${parent}`)),
    gone,
  }
}

/** What an issue stood under when the plan was applied, by its key of today. */
export function baseParent({ base, newKey }: Scene, key: string): string | undefined {
  const parent = base.get(key)?.parent
  return parent === undefined ? undefined : newKey(parent)
}
