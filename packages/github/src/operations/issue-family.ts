import { type Selection, slicesOf } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import { isUnplanned } from './tree-issue.ts'

/** An issue with those above it, the nearest first, each with the state of its sub-issues. */
export interface IssueFamily {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly isOpen: boolean
  /** Closed as done, and not as not planned or as a duplicate. */
  readonly isDone: boolean
  readonly above: readonly FamilyParent[]
}

export interface FamilyParent {
  readonly number: number
  readonly nodeId: string
  readonly title: string
  readonly url: string
  readonly isOpen: boolean
  /** All that count: those of other repositories have no number here, and those that the token may not see are told as open ones. */
  readonly children: readonly FamilyChild[]
}

export interface FamilyChild {
  readonly number: number | undefined
  readonly isOpen: boolean
  readonly isDone: boolean
}

/** Issues nest eight levels deep at the most (github-facts 6.4). */
const LEVELS_ABOVE = 7
const STATE = 'number state stateReason'
const HOME = 'repository { nameWithOwner }'
const PARENT = `id title url ${STATE} ${HOME} subIssuesSummary { total completed } subIssues(first: 100) { nodes { ${STATE} ${HOME} } }`

function above(levels: number): string {
  return levels === 0 ? '' : `parent { ${PARENT} ${above(levels - 1)} }`
}

/** The part of a query that reads an issue and all above it. `parseFamily` narrows the answer. */
export function selectFamily(prefix: string, { owner, name, number }: RepositoryName & { readonly number: number }): Selection<unknown> {
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) { nameWithOwner issue(number: $${prefix}Number) { title url ${STATE} ${above(LEVELS_ABOVE)} } }`,
    variables: {
      [`${prefix}Owner`]: { type: 'String!', value: owner },
      [`${prefix}Name`]: { type: 'String!', value: name },
      [`${prefix}Number`]: { type: 'Int!', value: number },
    },
    parse: (data) => data[prefix] ?? null,
  }
}

const state = z.object({ number: z.number(), state: z.string(), stateReason: z.string().nullable() })
const placed = state.extend({ repository: z.object({ nameWithOwner: z.string() }) })
type StateAnswer = z.infer<typeof state>
type PlacedAnswer = z.infer<typeof placed>
interface ParentAnswer extends PlacedAnswer {
  id: string
  title: string
  url: string
  subIssuesSummary: { total: number; completed: number }
  subIssues: { nodes: (PlacedAnswer | null)[] }
  parent?: ParentAnswer | null | undefined
}
const parent: z.ZodType<ParentAnswer> = placed.extend({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  subIssuesSummary: z.object({ total: z.number(), completed: z.number() }),
  // What the token may not see has no answer.
  subIssues: z.object({ nodes: z.array(placed.nullable()) }),
  get parent() {
    return parent.nullish()
  },
})
const answer = z
  .object({ nameWithOwner: z.string(), issue: state.extend({ title: z.string(), url: z.string(), parent: parent.nullish() }).nullable() })
  .nullable()

/** What `selectFamily` brought; undefined when the token sees no such issue. Issues of other repositories end the family. */
export function parseFamily(raw: unknown): IssueFamily | undefined {
  const found = answer.parse(raw)
  if (!found?.issue) return undefined
  const parents: FamilyParent[] = []
  for (let each = found.issue.parent; each && each.repository.nameWithOwner === found.nameWithOwner; each = each.parent) {
    const { id: nodeId, title, url } = each
    const { number, isOpen } = toState(each)
    parents.push({ number, nodeId, title, url, isOpen, children: childrenOf(each) })
  }
  return { ...toState(found.issue), title: found.issue.title, url: found.issue.url, above: parents }
}

/** Families of one request: each of up to seven parents with a hundred children. */
const PER_REQUEST = 10

/** Families by the number of their youngest; what is not there is not in it. */
export async function readFamilies(
  github: GitHubPort & Selecting,
  { owner, name }: RepositoryName,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, IssueFamily>> {
  const found = new Map<number, IssueFamily>()
  for (const slice of slicesOf([...new Set(numbers)], PER_REQUEST)) {
    const answers = await github.select(slice.map((number, at) => selectFamily(`family${at}`, { owner, name, number })))
    for (const answer of answers) {
      const family = parseFamily(answer)
      if (family !== undefined) found.set(family.number, family)
    }
  }
  return found
}

interface Selecting {
  select(selections: readonly Selection<unknown>[]): Promise<readonly unknown[]>
}

function childrenOf({ repository, subIssues, subIssuesSummary: { total, completed } }: ParentAnswer): readonly FamilyChild[] {
  const seen = subIssues.nodes.filter((child) => child !== null)
  const known = seen.map((child) => ({
    ...toState(child),
    number: child.repository.nameWithOwner === repository.nameWithOwner ? child.number : undefined,
  }))
  if (seen.length >= total) return known
  const hidden = total - completed - known.filter(({ isOpen }) => isOpen).length
  return [...known, ...Array.from({ length: Math.max(0, hidden) }, () => ({ number: undefined, isOpen: true, isDone: false }))]
}

function toState({ number, state: word, stateReason }: StateAnswer): { number: number; isOpen: boolean; isDone: boolean } {
  const isOpen = word === 'OPEN'
  return { number, isOpen, isDone: !isOpen && !isUnplanned(stateReason) }
}
