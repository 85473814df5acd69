import { z } from 'zod'
import { CONCLUSIONS, EVENTS } from './closed-lists.ts'
import { MAX_INPUTS } from './limits.ts'

const text = z.string().min(1).max(1_000)
const patterns = (what: string) => z.array(text).min(1).describe(what)

const workflow = text.describe('The workflow’s file name or path; a display name is accepted, with a warning.')

const inputValue = z.union([z.string(), z.number(), z.boolean()])

const outboundTarget = z.strictObject({
  repository: text.describe('`owner/name`, or a bare name that belongs to this repository’s owner.'),
  workflow,
  ref: text.optional().describe('Branch or tag to dispatch on. Default: the target’s default branch.'),
  inputs: z
    .record(text, inputValue)
    .refine((inputs) => Object.keys(inputs).length <= MAX_INPUTS)
    .meta({ maxProperties: MAX_INPUTS })
    .optional()
    .describe('Inputs of the target’s workflow. Values may use ${{ }} over run.* and source.*.'),
})

const outboundRule = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .optional()
    .describe('A lasting name: what was dispatched is remembered under it, even when the rule is changed.'),
  source: z.strictObject({
    workflow,
    conclusions: z.array(z.enum(CONCLUSIONS)).min(1).optional().describe('Which endings trigger. Default: success.'),
    branches: patterns('Patterns on the run’s head branch, as in `on.push.branches`. Default: all.').optional(),
    events: z
      .array(z.enum(EVENTS))
      .min(1)
      .optional()
      .describe('Which events may have caused the run. Default: those that need write access.'),
  }),
  targets: z.array(outboundTarget).min(1),
})

const inboundRule = z.strictObject({
  source: z.strictObject({
    repository: text.describe('`name`, `owner/name`, or `owner/*`.'),
    workflow,
    branches: patterns('Patterns on the run’s head branch. Default: all.').optional(),
  }),
  targets: z
    .array(
      z.strictObject({
        workflow,
        refs: patterns('Patterns on the ref the source may choose. Default: the default branch only.').optional(),
        inputs: z.array(text).optional().describe('Names of the inputs the source may set. Default: those the workflow declares.'),
      }),
    )
    .min(1),
})

/** The file's shape: everything that can be said of it without looking at two places at once. Objects are closed. */
export const dispatchingShape = z.strictObject({
  outbound: z.array(outboundRule).min(1).optional().describe('What completed runs of this repository start elsewhere.'),
  inbound: z.array(inboundRule).min(1).optional().describe('Who may start what in this repository.'),
})

export type DispatchingShape = z.infer<typeof dispatchingShape>
