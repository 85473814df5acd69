import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { undeclaredStatuses, wrongSchemas } from './exceptions.ts'
import { type Body, findOperation, findPart, getSpec, isSchema, type Operation, type Parameter, renderPointer } from './spec.ts'
import { findUnknownKeys } from './unknown-keys.ts'

export interface Exchange {
  readonly method: string
  /** Without host, base path and query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Parsed JSON; undefined when nothing was sent. */
  readonly requestBody: unknown
  readonly status: number
  /** Parsed JSON; undefined when nothing was answered. */
  readonly responseBody: unknown
}

export interface Fault {
  readonly part: 'route' | 'path' | 'query' | 'request' | 'status' | 'response' | 'payload'
  /** JSON pointer into that part, or a parameter's name. */
  readonly at: string
  readonly message: string
}

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/,
}

let ajv: Ajv | undefined
const getAjv = (): Ajv => {
  if (ajv) return ajv
  ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false, formats })
  ajv.addSchema(getSpec(), 'openapi')
  return ajv
}

const compiled = new Map<string, ValidateFunction>()
const compile = (pointer: string): ValidateFunction => {
  const known = compiled.get(pointer)
  if (known) return known
  const validate = getAjv().compile({ $ref: `openapi#${pointer}` })
  compiled.set(pointer, validate)
  return validate
}

const renderError = ({ keyword, message, params }: ErrorObject): string => {
  const detail = keyword === 'enum' ? `: ${JSON.stringify(params['allowedValues'])}` : ''
  return `${message ?? keyword}${detail}`
}

const matchesPointer = (pattern: string, at: string): boolean => {
  const wanted = pattern.split('/')
  const found = at.split('/')
  return wanted.length === found.length && wanted.every((segment, index) => segment === '*' || segment === found[index])
}

const isExcepted = (operation: string, status: number, fault: Fault): boolean =>
  wrongSchemas.some((entry) => {
    const isMeant = entry.operation === 'all' || entry.operation === operation
    return isMeant && (status >= 400 || !entry.onError) && entry.part === fault.part && matchesPointer(entry.at, fault.at)
  })

const findBodyFaults = (part: Fault['part'], body: Body, value: unknown): Fault[] => {
  const validate = compile(body.pointer)
  const faults = validate(value)
    ? []
    : (validate.errors ?? []).map((error) => ({ part, at: error.instancePath, message: renderError(error) }))
  const unknown = findUnknownKeys([body.schema], value).map((at) => ({ part, at, message: 'is not a key GitHub declares' }))
  return [...faults, ...unknown]
}

const parseParameter = (text: string, parameter: Parameter): unknown => {
  const types = [parameter.schema['type']].flat()
  if (types.includes('integer') || types.includes('number')) return text.trim() === '' ? text : Number(text)
  if (types.includes('boolean')) return text === 'true' ? true : text === 'false' ? false : text
  return text
}

const findParameterFaults = (operation: Operation, query: URLSearchParams): Fault[] => {
  const faults: Fault[] = []
  for (const parameter of operation.parameters) {
    const part = parameter.in === 'path' ? 'path' : 'query'
    const text = part === 'path' ? operation.pathValues.get(parameter.name) : (query.get(parameter.name) ?? undefined)
    if (text === undefined) {
      if (parameter.required) faults.push({ part, at: parameter.name, message: 'is required' })
      continue
    }
    const validate = compile(parameter.pointer)
    if (!validate(parseParameter(text, parameter))) {
      faults.push({ part, at: parameter.name, message: (validate.errors ?? []).map(renderError).join('; ') })
    }
  }
  const known = new Set(operation.parameters.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name))
  const unknown = [...new Set(query.keys())].filter((name) => !known.has(name))
  return [...faults, ...unknown.map((at) => ({ part: 'query' as const, at, message: 'is not a parameter GitHub declares' }))]
}

const findRequestFaults = (operation: Operation, body: unknown): Fault[] => {
  if (body === undefined) return operation.request?.required ? [{ part: 'request', at: '', message: 'a body is required' }] : []
  if (operation.request) return findBodyFaults('request', operation.request, body)
  const isEmpty = isSchema(body) && Object.keys(body).length === 0
  return isEmpty ? [] : [{ part: 'request', at: '', message: 'GitHub declares no body here' }]
}

const findUndeclaredFaults = (operation: Operation, exchange: Exchange): Fault[] => {
  const entry = undeclaredStatuses.find(
    ({ statuses, operation: name }) => statuses.includes(exchange.status) && (name === 'all' || name === operation.name),
  )
  if (!entry) return [{ part: 'status', at: '', message: `${exchange.status} is not declared` }]
  const attempts = entry.schemas.map((name) => {
    const pointer = renderPointer('components', 'schemas', name)
    return findBodyFaults(
      'response',
      { pointer, required: true, schema: findPart('components', 'schemas', name) ?? {} },
      exchange.responseBody,
    )
  })
  const fewest = attempts.map((faults) => faults.filter((fault) => !isExcepted(operation.name, exchange.status, fault)))
  return fewest.toSorted((a, b) => a.length - b.length)[0] ?? []
}

const findResponseFaults = (operation: Operation, exchange: Exchange): Fault[] => {
  const { status, responseBody } = exchange
  if (!operation.responses.has(status)) return findUndeclaredFaults(operation, exchange)
  const body = operation.responses.get(status)
  if (body) return findBodyFaults('response', body, responseBody)
  return responseBody === undefined ? [] : [{ part: 'response', at: '', message: `${status} declares no body` }]
}

/**
 * What an exchange with the embedded GitHub has that GitHub's published description does not allow: undeclared routes, statuses, parameters
 * and keys, and bodies that break their schemas. A refused request (4xx) is not itself checked: sending bad requests is how refusals are
 * tested. Known errors of the description are listed in `exceptions.ts`.
 */
export const findContractFaults = (exchange: Exchange): readonly Fault[] => {
  const operation = findOperation(exchange.method, exchange.path)
  if (!operation) return [{ part: 'route', at: '', message: 'is not in the pruned description: add it to contract/operations.ts' }]
  const refused = exchange.status >= 400
  const sent = refused ? [] : [...findParameterFaults(operation, exchange.query), ...findRequestFaults(operation, exchange.requestBody)]
  return [...sent, ...findResponseFaults(operation, exchange)].filter((fault) => !isExcepted(operation.name, exchange.status, fault))
}

/** What a webhook payload has that GitHub's published schema of that event does not allow. `name` is GitHub's: `workflow-run-completed`. */
export const findPayloadFaults = (name: string, payload: unknown): readonly Fault[] => {
  const keys = ['x-webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema']
  const schema = findPart(...keys)
  if (!schema) return [{ part: 'payload', at: '', message: `${name} is not in the pruned description: add it to contract/operations.ts` }]
  return findBodyFaults('payload', { pointer: renderPointer(...keys), required: true, schema }, payload)
}
