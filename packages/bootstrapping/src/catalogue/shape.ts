import { z } from 'zod'
import { SELECTION_TYPES } from '../model.ts'
import { actionShape, order } from './action-shapes.ts'
import { COMMAND_NAMES } from './command.ts'
import { text } from './formats.ts'

const label = text('line', 160)
const description = z.string().max(1_000)

const optionShape = z.strictObject({
  slug: text('slug', 64).describe('The name that requests and receipts use.'),
  label: label.optional().describe('Default: the slug.'),
  description: description.default(''),
  is_default: z.boolean().default(false).describe('Chosen when a request does not name the category.'),
  enabled: z.boolean().default(true),
  archived: z.boolean().default(false).describe('No longer offered; repositories that have it keep getting updates.'),
  display_order: order,
  actions: z.array(actionShape).default([]),
})

const categoryShape = z.strictObject({
  slug: text('slug', 64),
  label: label.optional().describe('Default: the slug.'),
  description: description.default(''),
  selection_type: z.enum(SELECTION_TYPES),
  display_order: order,
  is_required: z.boolean().default(false).describe('At least one option must be chosen.'),
  options: z.array(optionShape).min(1),
})

/** The catalogue's shape: everything that can be said of it without looking at two places at once. Objects are closed. */
export const catalogueShape = z.strictObject({
  template: z.strictObject({
    repository: text('repository', 201).describe('`owner/name`.'),
    version: z.string().min(1).max(255).describe('A tag of the template.'),
  }),
  allowed_commands: z
    .array(z.enum(COMMAND_NAMES))
    .max(100)
    .optional()
    .describe('Narrows the built-in commands of RUN_BASH_TEMPLATE. Default: all of them.'),
  categories: z.array(categoryShape).min(1),
})

export type CatalogueShape = z.output<typeof catalogueShape>
export const categoryKeys = Object.keys(categoryShape.shape)
export const optionKeys = Object.keys(optionShape.shape)
