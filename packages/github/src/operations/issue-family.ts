import type { Selection } from '@switchyard/core'
import { z } from 'zod'
import type { RepositoryName } from './port.ts'

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
  readonly isOpen: boolean
  readonly children: readonly { readonly number: number; readonly isOpen: boolean; readonly isDone: boolean }[]
}

/** Issues nest eight levels deep at the most (github-facts 6.4). */
const LEVELS_ABOVE = 7
const STATE = 'number state stateReason'
const PARENT = `id ${STATE} repository { nameWithOwner } subIssues(first: 100) { nodes { ${STATE} } }`

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
type StateAnswer = z.infer<typeof state>
interface ParentAnswer extends StateAnswer {
  id: string
  repository: { nameWithOwner: string }
  subIssues: { nodes: StateAnswer[] }
  parent?: ParentAnswer | null | undefined
}
const parent: z.ZodType<ParentAnswer> = state.extend({
  id: z.string(),
  repository: z.object({ nameWithOwner: z.string() }),
  subIssues: z.object({ nodes: z.array(state) }),
  get parent() {
    return parent.nullish()
  },
})
const answer = z.object({ nameWithOwner: z.string(), issue: state.extend({ title: z.string(), url: z.string(), parent: parent.nullish() }).nullable() }).nullable()

/** What `selectFamily` brought; undefined when the token sees no such issue. Issues of other repositories end the family. */
export function parseFamily(raw: unknown): IssueFamily | undefined {
  const found = answer.parse(raw)
  if (!found?.issue) return undefined
  const parents: FamilyParent[] = []
  for (let each = found.issue.parent; each && each.repository.nameWithOwner === found.nameWithOwner; each = each.parent) {
    const { number, id: nodeId, subIssues } = each
    parents.push({ number, nodeId, isOpen: toState(each).isOpen, children: subIssues.nodes.map(toState) })
  }
  return { ...toState(found.issue), title: found.issue.title, url: found.issue.url, above: parents }
}

function toState({ number, state: word, stateReason }: StateAnswer): { number: number; isOpen: boolean; isDone: boolean } {
  const isOpen = word === 'OPEN'
  return { number, isOpen, isDone: !isOpen && stateReason !== 'NOT_PLANNED' && stateReason !== 'DUPLICATE' }
}
