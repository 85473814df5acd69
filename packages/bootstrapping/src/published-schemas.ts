import { z } from 'zod'
import { catalogueShape } from './catalogue/shape.ts'
import { bootstrapRecordSchemas } from './run/records/index.ts'
import { requestShape } from './request/shape.ts'

/** The JSON Schema of `catalog.yml`, made from the parser's own shape, for editors. */
export function catalogueSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(catalogueShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'catalog.yml',
    description: 'What new repositories can be made of: a template, and options with the actions that they add.',
  }
}

/** The JSON Schema of `bootstrap.json`. */
export function requestSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(requestShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'bootstrap.json',
    description: 'A repository that is asked for; with the receipt’s keys, what a repository was made from.',
  }
}

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'catalog.schema': catalogueSchema(),
  'bootstrap.schema': requestSchema(),
  ...Object.fromEntries(
    Object.entries(bootstrapRecordSchemas()).map(([name, schema]) => [
      `ledger/${name.startsWith('bootstrap.') ? name : `bootstrap.${name}`}`,
      schema,
    ]),
  ),
}
