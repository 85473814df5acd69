import { z } from 'zod'
import { ROLES } from './role.ts'

const text = z.string().min(1).max(200)

/** `release archive`, `release *`, `help` or `*`. */
export const COMMAND_NAME = /^(?:\*|[a-z][a-z0-9-]*(?: (?:\*|[a-z][a-z0-9-]*))?)$/

const rule = z.strictObject({
  command: z
    .string()
    .max(100)
    .regex(COMMAND_NAME)
    .describe('A command without its slash, such as `release archive`; `release *` for all of a family; `*` for all there are.'),
  selectors: z
    .array(text)
    .min(1)
    .max(100)
    .optional()
    .describe('Whom it concerns: `cluster:prod-*`, `tag:canary`, `eu-1/acme`, a bare name, `!acme`. Default: everybody.'),
  role: z.enum(ROLES).exclude(['none']).describe('The least role in this repository that may use the command.'),
})

/** The shape of `.github/switchyard.yml`. Objects are closed. */
export const switchyardShape = z.strictObject({
  commands: z
    .array(rule)
    .min(1)
    .max(500)
    .optional()
    .describe('Who may use which slash command. Of the rules that fit, the last one counts. Default: write.'),
  accepts: z
    .array(text)
    .min(1)
    .max(1_000)
    .optional()
    .describe('Repositories that may create issues or pull requests here: `owner/name`, `name`, or `owner/*`.'),
})

export type SwitchyardShape = z.infer<typeof switchyardShape>
