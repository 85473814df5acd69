import { coerceInputValue, type GraphQLError, isInputType, type OperationDefinitionNode, print, typeFromAST, valueFromAST } from 'graphql'
import type { ResponseError } from './response.ts'
import { getSchema } from './schema.ts'

export type Variables = Readonly<Record<string, unknown>>

/** GitHub's explanations differ from graphql-js's in the one case that callers meet: a required value that is null or absent. */
const explain = (error: GraphQLError): string =>
  /not to be null|was not provided/.test(error.message) ? 'Expected value to not be null' : error.message

const namesOfMissing = (error: GraphQLError): string[] => {
  const missing = /^Field "(\w+)" of required type/.exec(error.message)
  return missing?.[1] === undefined ? [] : [missing[1]]
}

/**
 * Coerces the variables of an operation. The errors have GitHub's shape: `Variable $input of type CreateCommitOnBranchInput! was provided
 * invalid value for expectedHeadOid (Expected value to not be null)` (seen in avitorio/outstatic#17).
 */
export function coerceVariables(
  operation: OperationDefinitionNode,
  given: Variables,
): { readonly values: Variables } | { readonly errors: readonly ResponseError[] } {
  const values: Record<string, unknown> = {}
  const errors: ResponseError[] = []
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value
    const type = typeFromAST(getSchema(), definition.type)
    if (!isInputType(type)) continue
    const written = print(definition.type)
    const locations = definition.loc ? [{ line: definition.loc.startToken.line, column: definition.loc.startToken.column }] : []
    const value = given[name]
    if (value === undefined) {
      if (definition.defaultValue) values[name] = valueFromAST(definition.defaultValue, type)
      else if (written.endsWith('!')) {
        errors.push(renderProblem({ name, written, locations, value: null }, [], 'Expected value to not be null'))
      }
      continue
    }
    values[name] = coerceInputValue(value, type, (path, _, error) => {
      errors.push(renderProblem({ name, written, locations, value }, [...path, ...namesOfMissing(error)], explain(error)))
    })
  }
  return errors.length > 0 ? { errors } : { values }
}

interface Variable {
  readonly name: string
  readonly written: string
  readonly locations: ResponseError['locations'] & {}
  readonly value: unknown
}

function renderProblem(
  { name, written, locations, value }: Variable,
  path: readonly (string | number)[],
  explanation: string,
): ResponseError {
  const place = path.length > 0 ? ` for ${path.join('.')}` : ''
  return {
    extensions: { value, problems: [{ path, explanation }] },
    locations,
    message: `Variable $${name} of type ${written} was provided invalid value${place} (${explanation})`,
  }
}
