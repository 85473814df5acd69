import { z } from 'zod'
import { text } from '../catalogue/formats.ts'
import { VISIBILITIES } from '../model.ts'

/** Keys that a receipt adds to a request: all of them, or none. */
export const RECEIPT_KEYS = [
  'template_repo',
  'template_version',
  'template_source_sha',
  'catalog_version',
  'recipe_hash',
  'action_schema_version',
  'generated_at',
] as const

const slug = text('slug', 64)

export const selectedOptionsShape = z
  .record(slug, z.array(slug).max(1_000))
  .describe('Category → options. A category that is left out takes its defaults; an empty list takes none.')

/** `bootstrap.json`, as a request and as the receipt that a made repository holds. */
export const requestShape = z
  .strictObject({
    $schema: z.string().optional(),
    repo_owner: text('owner', 39),
    repo_slug: text('name', 100),
    visibility: z.enum(VISIBILITIES).default('private'),
    selected_options: selectedOptionsShape.default({}),
    template_repo: text('repository', 201).optional(),
    template_version: z.string().min(1).max(255).optional(),
    template_source_sha: text('commit').optional(),
    catalog_version: text('hash').optional(),
    recipe_hash: text('hash').optional(),
    action_schema_version: text('version').optional(),
    generated_at: text('time').optional().describe('The time of the first commit, so that the same run writes the same file.'),
  })
  .meta({ dependentRequired: Object.fromEntries(RECEIPT_KEYS.map((key) => [key, RECEIPT_KEYS.filter((other) => other !== key)])) })

export type RequestShape = z.output<typeof requestShape>
