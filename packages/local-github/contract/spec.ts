import { readFileSync } from 'node:fs'

export type Schema = { readonly [key: string]: unknown }

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  /** Where the schema stands in the description, as a JSON pointer. */
  readonly pointer: string
  readonly schema: Schema
}

export interface Body {
  readonly pointer: string
  readonly required: boolean
  readonly schema: Schema
}

export interface Operation {
  /** `GET /repos/{owner}/{repo}`: how the exceptions name it. */
  readonly name: string
  readonly pathValues: ReadonlyMap<string, string>
  readonly parameters: readonly Parameter[]
  readonly request: Body | undefined
  /** Declared statuses; a status without a body has no entry value. */
  readonly responses: ReadonlyMap<number, Body | undefined>
}

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

const convertEntry = ([key, value]: [string, unknown]): [string, unknown] => {
  if (key === 'properties' && isSchema(value)) {
    return [key, Object.fromEntries(Object.entries(value).map(([name, child]) => [name, convertNullable(child)]))]
  }
  return [key, key === 'enum' || key === 'required' ? value : convertNullable(value)]
}

/** OpenAPI 3.0's `nullable` as JSON Schema says it: a type list with null, or a choice between the schema and null. */
const convertNullable = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(convertNullable)
  if (!isSchema(schema)) return schema
  const { nullable, ...rest } = schema
  const converted: Schema = Object.fromEntries(Object.entries(rest).map(convertEntry))
  if (nullable !== true) return converted
  if (typeof converted['type'] !== 'string') return { anyOf: [converted, { type: 'null' }] }
  const values: unknown = converted['enum']
  const choices: readonly unknown[] = Array.isArray(values) ? values : []
  return { ...converted, type: [converted['type'], 'null'], ...(choices.length > 0 && { enum: [...choices, null] }) }
}

const convertWhole = (): Schema => {
  const whole = convertNullable(JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as unknown)
  if (!isSchema(whole)) throw new Error('openapi.json holds no object')
  return whole
}

let loaded: Schema | undefined
/** The pruned description, converted for ajv; read once, at the first use. */
export const getSpec = (): Schema => (loaded ??= convertWhole())

/** The part of the description at a path of keys, or undefined. */
export const findPart = (...keys: readonly string[]): Schema | undefined => {
  let at: unknown = getSpec()
  for (const key of keys) at = isSchema(at) ? at[key] : undefined
  return isSchema(at) ? at : undefined
}

/** The schema that a `$ref` names; a schema without one is itself. */
export const followRef = (schema: Schema): Schema => {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  return findPart(...ref.slice(2).split('/')) ?? {}
}

export const renderPointer = (...keys: readonly string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

const json = ['content', 'application/json', 'schema'] as const

const findBody = (keys: readonly string[], required: boolean): Body | undefined => {
  const schema = findPart(...keys, ...json)
  return schema && { pointer: renderPointer(...keys, ...json), required, schema }
}

/** Names of files, refs and branches contain slashes; every other value of a path is one segment. */
const spansSegments = new Set(['path', 'ref', 'branch'])

interface Route {
  readonly template: string
  readonly pattern: RegExp
  readonly literals: number
}

const parseTemplate = (template: string): Route => {
  // The root folder's contents have no path, nor the slash before it.
  const pattern = template
    .replace('/{path}', '(?:/(?<path>.*))?')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${spansSegments.has(name) ? '.+' : '[^/]+'})`)
  const literals = template.split('/').filter((segment) => !segment.startsWith('{')).length
  return { template, pattern: new RegExp(`^${pattern}$`), literals }
}

let routes: readonly Route[] | undefined
/** Most literal segments first, so that `/git/ref/{ref}` is never taken for something wider. */
const getRoutes = (): readonly Route[] =>
  (routes ??= Object.keys(findPart('paths') ?? {})
    .map(parseTemplate)
    .sort((a, b) => b.literals - a.literals))

const readParameters = (keys: readonly string[]): Parameter[] => {
  const list = findPart(...keys)?.['parameters']
  return (Array.isArray(list) ? list : []).filter(isSchema).map((parameter, index) => ({
    name: String(parameter['name']),
    in: String(parameter['in']),
    required: parameter['required'] === true,
    pointer: renderPointer(...keys, 'parameters', String(index), 'schema'),
    schema: isSchema(parameter['schema']) ? parameter['schema'] : {},
  }))
}

/**
 * The operation GitHub publishes for a method and a path (without a query), or undefined when the pruned description has none.
 */
export const findOperation = (method: string, path: string): Operation | undefined => {
  const verb = method.toLowerCase()
  for (const { template, pattern } of getRoutes()) {
    const match = pattern.exec(path)
    const keys = ['paths', template, verb]
    const operation = match && findPart(...keys)
    if (!operation) continue
    const statuses = Object.keys(findPart(...keys, 'responses') ?? {})
    return {
      name: `${method.toUpperCase()} ${template}`,
      pathValues: new Map(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value ?? '')])),
      parameters: readParameters(keys),
      request: findBody([...keys, 'requestBody'], findPart(...keys, 'requestBody')?.['required'] === true),
      responses: new Map(statuses.map((status) => [Number(status), findBody([...keys, 'responses', status], true)])),
    }
  }
  return undefined
}
