import { type DocumentNode, type FieldNode, type GraphQLError, Kind, visit } from 'graphql'
import type { ResponseError } from './response.ts'

/** Where a field stands, in GitHub's way: `["query", "node", "... on Issue", "titel"]`. */
function findStaticPath(document: DocumentNode, wanted: unknown): string[] {
  const path: string[] = []
  let found: string[] | undefined
  visit(document, {
    enter(node) {
      if (node.kind === Kind.OPERATION_DEFINITION) path.push(node.name ? `${node.operation} ${node.name.value}` : node.operation)
      if (node.kind === Kind.FRAGMENT_DEFINITION) path.push(`fragment ${node.name.value}`)
      if (node.kind === Kind.INLINE_FRAGMENT) path.push(node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...')
      if (node.kind === Kind.FIELD) path.push(node.alias?.value ?? node.name.value)
      if (node === wanted) found = [...path]
    },
    leave(node) {
      const kinds: readonly string[] = [Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION, Kind.INLINE_FRAGMENT, Kind.FIELD]
      if (kinds.includes(node.kind)) path.pop()
    },
  })
  return found ?? []
}

const isField = (node: unknown): node is FieldNode =>
  typeof node === 'object' && node !== null && 'kind' in node && node.kind === Kind.FIELD

/**
 * A query GitHub refuses. For a field that does not exist, the most common one, the answer has GitHub's own wording and extensions
 * (seen in shurcooL/githubv4#98); the others say the same in graphql-js's words.
 */
export function renderValidationError(error: GraphQLError, document: DocumentNode): ResponseError {
  const node = error.nodes?.[0]
  const path = findStaticPath(document, node)
  const locations = error.locations ?? []
  const unknownField = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message)
  if (!unknownField || !isField(node)) return { ...(path.length > 0 && { path }), locations, message: error.message }
  const [, fieldName = '', typeName = ''] = unknownField
  return {
    path,
    extensions: { code: 'undefinedField', typeName, fieldName },
    locations,
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
  }
}
