import { execute, type GraphQLFieldResolver } from 'graphql'
import type { GraphqlContext } from './context.ts'
import type { Cost } from './cost.ts'
import { computeCost, MAX_NODES } from './cost.ts'
import { prepareDocument, type Prepared } from './document.ts'
import { createFieldResolver } from './fields.ts'
import { mutationFields } from './mutations/index.ts'
import type { GraphqlResponse } from './response.ts'
import { renderExecutionError } from './response.ts'
import { getSchema } from './schema.ts'
import { source } from './sources.ts'
import { readFields } from './types/index.ts'
import { coerceVariables, type Variables } from './variables.ts'

export interface GraphqlRequest {
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Variables
}

/** A request that GitHub would execute: parsed, valid by its schema, with its variables coerced and its price known. */
export interface Plan extends Prepared {
  readonly variables: Variables
  readonly cost: Cost
}

let resolver: GraphQLFieldResolver<unknown, GraphqlContext> | undefined
const getResolver = () => (resolver ??= createFieldResolver([...readFields, mutationFields]))

/** Everything that can be refused before anything is executed; such an answer has `errors` and no `data`. */
export function planRequest({ query, operationName, variables }: GraphqlRequest): Plan | GraphqlResponse {
  const prepared = prepareDocument(query, operationName)
  if ('errors' in prepared) return prepared
  const coerced = coerceVariables(prepared.operation, variables)
  if ('errors' in coerced) return coerced
  const cost = computeCost(prepared, coerced.values)
  if (cost.nodes > MAX_NODES) {
    const message = `This query requests up to ${cost.nodes} possible nodes which exceeds the maximum limit of ${MAX_NODES}.`
    return { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] }
  }
  return { ...prepared, variables: coerced.values, cost }
}

export const isPlan = (plan: Plan | GraphqlResponse): plan is Plan => 'document' in plan

/** Mutations that others are told of count against the 80 a minute, each by itself; that commits do too is not known. */
const contentMutations: ReadonlySet<string> = new Set(['createIssue', 'addComment'])

export function countContents({ operation }: Plan): number {
  if (operation.operation !== 'mutation') return 0
  return operation.selectionSet.selections.filter((selection) => selection.kind === 'Field' && contentMutations.has(selection.name.value))
    .length
}

/** Runs a plan. The mutations of one request run one after another, and one that is refused stops none of the others. */
export async function executePlan(plan: Plan, context: GraphqlContext): Promise<GraphqlResponse> {
  const { document, operation, variables } = plan
  const result = await execute({
    schema: getSchema(),
    document,
    rootValue: operation.operation === 'mutation' ? source('Mutation', null) : source('Query', null),
    contextValue: context,
    variableValues: variables,
    operationName: operation.name?.value ?? null,
    fieldResolver: getResolver(),
  })
  const errors = result.errors?.map(renderExecutionError)
  return { ...('data' in result && { data: result.data }), ...(errors && { errors }) }
}
