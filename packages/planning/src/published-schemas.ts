import { z } from 'zod'
import { planRecordSchemas } from './idea/records/index.ts'
import { frontMatterShape } from './plan/shape.ts'
import { reviewSchema } from './review/shape.ts'

/** The JSON Schema of a plan's front matter, made from the parser's own shape, for editors. */
export function frontMatterSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(frontMatterShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'The front matter of a plan',
    description: 'What stands between the two lines of `---` at the start of a plan.',
  }
}

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'plan.schema': frontMatterSchema(),
  'plan-review.schema': reviewSchema(),
  ...Object.fromEntries(
    Object.entries(planRecordSchemas()).map(([name, schema]) => [`ledger/${name.startsWith('plan.') ? name : `plan.${name}`}`, schema]),
  ),
}
