import { z } from 'zod'
import {
  MAX_CLUSTERS,
  MAX_CUSTOMERS,
  MAX_DESCRIPTION_LENGTH,
  MAX_ENVIRONMENT_LENGTH,
  MAX_NAME_LENGTH,
  MAX_SQL_COMMAND_LENGTH,
  MAX_TAG_LENGTH,
  MAX_TAGS,
} from '../files/limits.ts'
import { proseOf, textOf } from '../files/text-shapes.ts'

const active = z.boolean().default(true).describe('Nothing is removed from this file: what is gone is set to false.')
const tags = z.array(textOf('tag', MAX_TAG_LENGTH)).max(MAX_TAGS).default([]).describe('What commands select it by: `tag:canary`.')
const metadata = z.record(z.string(), z.unknown()).optional().describe('Anything you keep here for other tools.')

const customerShape = z.strictObject({
  name: textOf('customer', MAX_NAME_LENGTH).describe('What people call the customer; need not be unique.'),
  namespace: textOf('address', MAX_NAME_LENGTH).describe('Unique within the cluster: commands write `cluster/namespace`.'),
  description: proseOf(MAX_DESCRIPTION_LENGTH),
  active,
  tags,
  metadata,
})

const clusterShape = z.strictObject({
  name: textOf('address', MAX_NAME_LENGTH).describe('Unique: commands write `cluster/namespace`.'),
  description: proseOf(MAX_DESCRIPTION_LENGTH),
  active,
  tags,
  environment: textOf('line', MAX_ENVIRONMENT_LENGTH)
    .optional()
    .describe('The GitHub environment whose secrets and approvals guard what runs in the cluster. Default: the cluster’s name.'),
  sql_command: textOf('line', MAX_SQL_COMMAND_LENGTH).optional().describe('What SQL steps are handed to. Left out: none can be run here.'),
  metadata,
  customers: z.array(customerShape).max(MAX_CUSTOMERS).default([]),
})

/** The inventory's shape: everything that can be said of it without looking at two places at once. Objects are closed. */
export const inventoryShape = z.strictObject({ clusters: z.array(clusterShape).min(1).max(MAX_CLUSTERS) })

export type InventoryShape = z.output<typeof inventoryShape>

export const inventoryKeys = {
  '': Object.keys(inventoryShape.shape),
  clusters: Object.keys(clusterShape.shape),
  'clusters.customers': Object.keys(customerShape.shape),
}
