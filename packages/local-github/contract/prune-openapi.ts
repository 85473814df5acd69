/**
 * Writes `openapi.json`: the part of GitHub's published OpenAPI description that `operations.ts` names, without its prose.
 *
 * Run by hand, with the package unpacked in a folder of its own (385 MB):
 *   npm install --prefix <folder> --ignore-scripts @octokit/openapi@23.0.2
 *   node packages/local-github/contract/prune-openapi.ts <folder>/node_modules/@octokit/openapi
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations, webhooks } from './operations.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Node = { [key: string]: Json }

/** Whatever does not take part in validation. */
const prose = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'default',
  'readOnly',
  'tags',
])

const folder = process.argv[2]
if (folder === undefined) throw new Error('give the folder of the unpacked @octokit/openapi package')
const source = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8')) as Node
const version = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version

const isNode = (value: Json | undefined): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const get = (value: Json | undefined, ...keys: string[]): Node => {
  let at = value
  for (const key of keys) at = isNode(at) ? at[key] : undefined
  if (!isNode(at)) throw new Error(`no ${keys.join('.')} in the published description`)
  return at
}

const follow = (node: Node): Node => {
  const ref = node['$ref']
  return typeof ref === 'string' ? get(source, ...ref.slice(2).split('/')) : node
}

/** What the errors that no operation declares are judged by. */
const wanted = new Set(['basic-error', 'validation-error', 'validation-error-simple'])

/** A schema without prose; the keys below `properties` are names, so `description` there is kept. */
const pruneSchema = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(pruneSchema)
  if (!isNode(schema)) return schema
  const ref = schema['$ref']
  if (typeof ref === 'string') {
    wanted.add(ref.slice('#/components/schemas/'.length))
    return { $ref: ref }
  }
  const out: Node = {}
  for (const [key, value] of Object.entries(schema)) {
    if (prose.has(key) || key.startsWith('x-')) continue
    if (key === 'properties' && isNode(value)) {
      out[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, pruneSchema(child)]))
    } else out[key] = key === 'enum' || key === 'required' ? value : pruneSchema(value)
  }
  return out
}

const pruneContent = (node: Node): Node => {
  const content = node['content']
  if (!isNode(content)) return {}
  const media = content['application/json'] ?? Object.values(content)[0]
  const schema = get(media, 'schema')
  return { content: { 'application/json': { schema: pruneSchema(schema) } } }
}

/** A path parameter that may be any text takes part in no check, and there are hundreds of them. */
const isAnyPathText = (parameter: Node): boolean =>
  parameter['in'] === 'path' && Object.keys(get(parameter['schema'])).join() === 'type' && get(parameter['schema'])['type'] === 'string'

const pruneParameters = (list: Json | undefined): Json[] =>
  (Array.isArray(list) ? list : [])
    .map((item) => follow(get(item)))
    .map((parameter): Node => ({
      name: parameter['name'] ?? null,
      in: parameter['in'] ?? null,
      ...(parameter['required'] === true && { required: true }),
      schema: pruneSchema(get(parameter, 'schema')),
    }))
    .filter((parameter) => !isAnyPathText(parameter))

const pruneOperation = (operation: Node): Node => {
  const out: Node = { operationId: operation['operationId'] ?? null, parameters: pruneParameters(operation['parameters']) }
  const body = operation['requestBody']
  if (isNode(body)) out['requestBody'] = { ...(body['required'] === true && { required: true }), ...pruneContent(body) }
  const responses = get(operation, 'responses')
  out['responses'] = Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [status, pruneContent(follow(get(response)))]),
  )
  return out
}

const prunePaths = (): Node => {
  const paths: { [path: string]: Node } = {}
  for (const entry of operations) {
    const [method = '', path = ''] = entry.split(' ')
    const kept = (paths[path] ??= {})
    kept[method.toLowerCase()] = pruneOperation(get(source, 'paths', path, method.toLowerCase()))
  }
  return paths
}

const pruneWebhooks = (): Node =>
  Object.fromEntries(
    webhooks.map((name) => [name, { post: { requestBody: pruneContent(get(source, 'x-webhooks', name, 'post', 'requestBody')) } }]),
  )

const pruneReachedSchemas = (): Node => {
  const schemas: Node = {}
  for (const name of wanted) schemas[name] = pruneSchema(get(source, 'components', 'schemas', name))
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One line for each path, webhook and schema: small, and a new version can still be read as a diff. */
const renderLines = (section: Node): string =>
  Object.entries(section)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')

const paths = renderLines(prunePaths())
const hooks = renderLines(pruneWebhooks())
const schemas = renderLines(pruneReachedSchemas())
const info = JSON.stringify({
  title: 'GitHub REST API, the part Switchyard is tested against',
  version,
  license: get(source, 'info')['license'] ?? null,
})
const text = `{"openapi": "3.0.3",
"info": ${info},
"x-source": ${JSON.stringify(`@octokit/openapi@${version} generated/api.github.com.json`)},
"paths": {
${paths}
},
"x-webhooks": {
${hooks}
},
"components": {"schemas": {
${schemas}
}}}
`
JSON.parse(text)
writeFileSync(new URL('openapi.json', import.meta.url), text)
process.stdout.write(
  `openapi.json: ${operations.length} operations, ${webhooks.length} webhooks, ${wanted.size} schemas, ${text.length} bytes\n`,
)
