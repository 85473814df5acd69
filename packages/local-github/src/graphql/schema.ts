import { readFileSync } from 'node:fs'
import { buildASTSchema, GraphQLError, type GraphQLSchema, isScalarType, parse } from 'graphql'

/** What GitHub's own scalars accept; the published schema names them without saying so. */
const scalarRules: Readonly<Record<string, { readonly pattern: RegExp; readonly problem: string }>> = {
  GitObjectID: { pattern: /^[0-9a-f]{40}$/i, problem: 'is not a valid GitObjectID' },
  Base64String: { pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, problem: 'is not a valid Base64String' },
  DateTime: { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/, problem: 'is not a valid DateTime' },
  URI: { pattern: /^[a-z][a-z0-9+.-]*:/i, problem: 'is not a valid URI' },
}

/** Files of 40 MB come in as base64: a pattern over the whole would walk it on the regular expression's stack. */
const isShort = (text: string): boolean => text.length < 100_000

function checkScalars(schema: GraphQLSchema): void {
  for (const [name, { pattern, problem }] of Object.entries(scalarRules)) {
    const scalar = schema.getType(name)
    if (!isScalarType(scalar)) continue
    scalar.parseValue = (value) => {
      if (typeof value !== 'string' || (isShort(value) && !pattern.test(value))) {
        throw new GraphQLError(`${JSON.stringify(value)} ${problem}`)
      }
      return value
    }
    scalar.parseLiteral = (node) => scalar.parseValue(node.kind === 'StringValue' ? node.value : undefined)
  }
}

function loadSchema(): GraphQLSchema {
  // The package's entry point also parses its 5 MB of JSON; only the schema's text is wanted.
  const published = readFileSync(new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')), 'utf8')
  const supplement = readFileSync(new URL('supplement.graphql', import.meta.url), 'utf8')
  // The published text names some fields twice, which graphql-js's own check of it refuses.
  const schema = buildASTSchema(parse(`${published}\n${supplement}`, { noLocation: true }), { assumeValidSDL: true, assumeValid: true })
  checkScalars(schema)
  return schema
}

let loaded: GraphQLSchema | undefined

/** GitHub's published schema with the supplement. Some 100 ms at the first call of a process, nothing after it. */
export function getSchema(): GraphQLSchema {
  return (loaded ??= loadSchema())
}
