import { z } from 'zod'
import { inventoryShape } from './inventory/shape.ts'
import { releaseFileShape } from './release-file/shape.ts'
import { releaseRecordSchemas } from './release/records/index.ts'

/** The JSON Schema of `release/inventory.yml`, made from the parser's own shape, for editors. */
export function inventorySchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(inventoryShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'inventory.yml',
    description: 'The clusters that releases go to, and their customers.',
  }
}

/** The JSON Schema of `release/releases/<slug>.yml`. */
export function releaseFileSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(releaseFileShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'release.yml',
    description: 'One release: what it is, and the steps that are carried out for every customer.',
  }
}

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'inventory.schema': inventorySchema(),
  'release.schema': releaseFileSchema(),
  ...Object.fromEntries(
    Object.entries(releaseRecordSchemas()).map(([name, schema]) => [
      `ledger/${name.startsWith('release.') ? name : `release.${name}`}`,
      schema,
    ]),
  ),
}
