import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import type { Prepared } from './document.ts'
import { getSchema } from './schema.ts'
import type { Variables } from './variables.ts'

export interface Cost {
  /** Points of the primary limit. */
  readonly points: number
  readonly nodes: number
}

/** Source: docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api. */
export const MAX_NODES = 500_000
const REQUESTS_PER_POINT = 100

type Parent = Pick<GraphQLObjectType, 'getFields'>

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Variables
  requests: number
  nodes: number
}

const findParent = (name: string): Parent | undefined => {
  const type = getSchema().getType(name)
  return isObjectType(type) || isInterfaceType(type) ? type : undefined
}

const readPageSize = (field: FieldNode, variables: Variables): number | undefined => {
  const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
  const value: unknown = argument && valueFromASTUntyped(argument.value, { ...variables })
  return typeof value === 'number' ? value : undefined
}

/** `times` is how often GitHub would have to ask for this level: the product of the page sizes above it. */
function walkSelections(selections: SelectionSetNode, parent: Parent | undefined, { walk, times }: { walk: Walk; times: number }): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) walkField(selection, parent, { walk, times })
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = selection.typeCondition ? findParent(selection.typeCondition.name.value) : parent
      walkSelections(selection.selectionSet, inner, { walk, times })
    } else {
      const fragment = walk.fragments.get(selection.name.value)
      if (fragment) walkSelections(fragment.selectionSet, findParent(fragment.typeCondition.name.value), { walk, times })
    }
  }
}

function walkField(field: FieldNode, parent: Parent | undefined, { walk, times }: { walk: Walk; times: number }): void {
  const definition = parent?.getFields()[field.name.value]
  if (!field.selectionSet || !definition) return
  const type = getNamedType(definition.type)
  const inner = findParent(type.name)
  const size = type.name.endsWith('Connection') ? readPageSize(field, walk.variables) : undefined
  if (size !== undefined) {
    walk.requests += times
    walk.nodes += times * size
  }
  walkSelections(field.selectionSet, inner, { walk, times: times * (size ?? 1) })
}

/** What GitHub charges for an operation: one request per connection and parent, a hundredth of a point each, and one point at the least. */
export function computeCost({ document, operation }: Prepared, variables: Variables): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const walk: Walk = { fragments, variables, requests: 0, nodes: 0 }
  const root = getSchema().getRootType(operation.operation)
  walkSelections(operation.selectionSet, root ?? undefined, { walk, times: 1 })
  return { points: Math.max(1, Math.round(walk.requests / REQUESTS_PER_POINT)), nodes: walk.nodes }
}
