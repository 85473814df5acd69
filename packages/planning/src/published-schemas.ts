import { planRecordSchemas } from './idea/records/index.ts'
import { reviewSchema } from './review/shape.ts'

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'plan-review.schema': reviewSchema(),
  ...Object.fromEntries(
    Object.entries(planRecordSchemas()).map(([name, schema]) => [`ledger/${name.startsWith('plan.') ? name : `plan.${name}`}`, schema]),
  ),
}
