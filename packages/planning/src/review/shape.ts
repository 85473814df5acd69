import { z } from 'zod'
import { MAX_FINDING, MAX_FINDINGS, MAX_REVIEWER, MAX_WHERE } from './limits.ts'
import { SEVERITIES, VERDICTS } from './model.ts'

const findingShape = z.strictObject({
  severity: z.enum(SEVERITIES).describe('How much it matters.'),
  where: z.string().min(1).max(MAX_WHERE).describe('A node’s id, a heading or a line.'),
  text: z.string().min(1).max(MAX_FINDING),
})

/** What a review posts: one round. */
export const reviewShape = z.strictObject({
  $schema: z.string().optional(),
  schema_version: z.literal(1),
  reviewer: z.string().min(1).max(MAX_REVIEWER).optional().describe('Whoever or whatever reviewed. Left out: whoever posts it.'),
  findings: z.array(findingShape).max(MAX_FINDINGS),
  verdict: z.enum(VERDICTS).describe('`continue`: another round follows.'),
  revised_plan: z.string().min(1).optional().describe('The whole plan as the round left it.'),
})

export const FINDING_KEYS = Object.keys(findingShape.shape)
export const REVIEW_KEYS = Object.keys(reviewShape.shape)

/** The JSON Schema of a review result, made from the parser's own shape. */
export function reviewSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(reviewShape, { target: 'draft-2020-12', io: 'input' }),
    title: 'plan-review.json',
    description: 'One round of a plan’s review, as a person, a workflow or a model posts it.',
  }
}
