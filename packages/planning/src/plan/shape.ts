import type { ShapeWords } from '@switchyard/core/config'
import { z } from 'zod'
import { MAX_ASSIGNEES, MAX_LABEL_LENGTH, MAX_LABELS, MAX_LOGIN_LENGTH, MAX_TITLE_LENGTH } from './limits.ts'

const LINE = 'line'
const IDEA = 'idea'
const LOGIN = 'login'

/** Text on one line that can be seen: no control, format or private-use characters, but the joiners that emoji and scripts need. */
const VISIBLE_LINE = /^(?=.*\S)(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d])*$/u

const line = (max: number): z.ZodString => z.string().min(1, { abort: true }).max(max, { abort: true }).regex(VISIBLE_LINE, { error: LINE })

/** A plan's front matter: what can be said of it without looking at the rest. Objects are closed. */
export const frontMatterShape = z.strictObject({
  title: line(MAX_TITLE_LENGTH).describe('What the plan is of. An epic without a title has this one.'),
  idea: z
    .union([z.int({ error: IDEA }).min(1, { error: IDEA }), z.string().regex(/^#?[1-9][0-9]{0,14}$/, { error: IDEA })], { error: IDEA })
    .optional()
    .describe('The number of the issue that the plan is for: `12` or `"#12"`.'),
  labels: z.array(line(MAX_LABEL_LENGTH)).max(MAX_LABELS).optional().describe('Labels that every issue gets. They must be there.'),
  milestone: line(MAX_TITLE_LENGTH).optional().describe('The title of the milestone that every issue gets. It must be open.'),
  assignees: z
    .array(
      z
        .string()
        .max(MAX_LOGIN_LENGTH, { abort: true })
        .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$/, { error: LOGIN }),
    )
    .max(MAX_ASSIGNEES)
    .optional()
    .describe('Logins of those who work on it, without `@`.'),
})

export type FrontMatter = z.output<typeof frontMatterShape>

export const frontMatterWords: ShapeWords = {
  keys: { '': Object.keys(frontMatterShape.shape) },
  explain: (issue, what) => {
    switch (issue.message) {
      case IDEA:
        return {
          code: 'bad-idea',
          message: `${what} must be the number of an issue.`,
          hint: 'Write `idea: 12`, or `idea: "#12"` in quotes.',
        }
      case LINE:
        return { code: 'bad-text', message: `${what} must be text on one line that can be seen.`, hint: 'Delete what is not seen.' }
      case LOGIN:
        return { code: 'bad-login', message: `${what} is no login.`, hint: 'Write the login without `@`.' }
      default:
        return undefined
    }
  },
}

/** The idea's number as written; a digit string is no larger than what a number holds. */
export function ideaNumber(idea: FrontMatter['idea']): number | undefined {
  return typeof idea === 'string' ? Number(idea.replace('#', '')) : idea
}
