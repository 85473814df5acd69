import { type DocumentNode, GraphQLError, getOperationAST, type OperationDefinitionNode, parse, specifiedRules, validate } from 'graphql'
import { getSchema } from './schema.ts'
import { renderValidationError } from './validation-errors.ts'
import type { ResponseError } from './response.ts'

export interface Prepared {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
}

type Checked = { readonly document: DocumentNode } | { readonly errors: readonly ResponseError[] }

/** Actions send the same few documents with other variables: parsing and validating them again is most of a request's time. */
const checked = new Map<string, Checked>()
const MAX_CACHED = 500

function checkDocument(text: string): Checked {
  try {
    const document = parse(text)
    const errors = validate(getSchema(), document, specifiedRules)
    return errors.length === 0 ? { document } : { errors: errors.map((error) => renderValidationError(error, document)) }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { errors: [{ message: error.message.replace('Syntax Error: ', 'Parse error: '), locations: error.locations ?? [] }] }
  }
}

function readCached(text: string): Checked {
  const known = checked.get(text)
  if (known) return known
  const fresh = checkDocument(text)
  if (checked.size >= MAX_CACHED) checked.clear()
  checked.set(text, fresh)
  return fresh
}

/** Parses and validates a query against GitHub's schema; the errors are what GitHub would answer with, under HTTP 200. */
export function prepareDocument(text: string, operationName: string | undefined): Prepared | { readonly errors: readonly ResponseError[] } {
  const result = readCached(text)
  if ('errors' in result) return result
  const operation = getOperationAST(result.document, operationName)
  if (operation) return { document: result.document, operation }
  const message = operationName === undefined ? 'An operation name is required' : `No operation named "${operationName}"`
  return { errors: [{ message }] }
}
