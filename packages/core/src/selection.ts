/** A variable of a GraphQL query: its type as GraphQL writes it (`String!`) and its value. */
export interface Variable {
  readonly type: string
  readonly value: unknown
}

/**
 * A piece of a GraphQL query that can share a request with others: fields of the query's root, each under an alias that
 * starts with the selection's own prefix, and the reading of its part of the answer. Texts are fixed, data travels in variables.
 */
export interface Selection<T> {
  readonly fields: string
  readonly variables: Readonly<Record<string, Variable>>
  /** `data` is the whole answer's data; `errors` all of its errors, each with the path it concerns. */
  parse(data: Readonly<Record<string, unknown>>, errors: readonly GraphqlFault[]): T
}

/** One of `errors[]` in a GraphQL answer. */
export interface GraphqlFault {
  readonly type?: string | undefined
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
}

export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly GraphqlFault[]
}

/**
 * The one way rooms below the GitHub adapter ask GraphQL. Answers with `errors[]` are returned, not thrown: what they
 * mean is the asker's to say. Throws `GitHubError` for every other refusal, rate limits among them.
 * `idempotent` allows the request to be sent again after an answer that proves nothing (reads are by nature).
 */
export type GraphqlRequest = (
  document: string,
  variables: Readonly<Record<string, unknown>>,
  options?: { readonly idempotent?: boolean },
) => Promise<GraphqlAnswer>

/** Two selections as one: for whoever takes one alone. */
export function joinSelections<A, B>(first: Selection<A>, second: Selection<B>): Selection<readonly [A, B]> {
  return {
    fields: `${first.fields}\n${second.fields}`,
    variables: { ...first.variables, ...second.variables },
    parse: (data, errors) => [first.parse(data, errors), second.parse(data, errors)],
  }
}

/** Several selections as one query document with its variables. */
export function combineSelections(selections: readonly Selection<unknown>[]): {
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
} {
  const variables = selections.flatMap((selection) => Object.entries(selection.variables))
  const head = variables.map(([name, { type }]) => `$${name}: ${type}`).join(', ')
  return {
    document: `query${head ? `(${head})` : ''} {\n${selections.map((selection) => selection.fields).join('\n')}\n}`,
    variables: Object.fromEntries(variables.map(([name, { value }]) => [name, value])),
  }
}
