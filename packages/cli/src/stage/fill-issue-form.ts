import { parse } from 'yaml'
import { z } from 'zod'

/** What of an issue form decides about the issue's text. Source: docs.github.com, "Syntax for GitHub's form schema". */
const form = z.object({
  title: z.string().default(''),
  labels: z.array(z.string()).default([]),
  body: z.array(
    z.object({
      type: z.enum(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']),
      attributes: z.object({
        label: z.string().default(''),
        value: z.string().optional(),
        default: z.number().optional(),
        render: z.string().optional(),
        options: z.array(z.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)])).default([]),
      }),
    }),
  ),
})

type Field = z.infer<typeof form>['body'][number]

/** By label; a list for checkboxes. */
export type FormAnswers = Readonly<Record<string, string | readonly string[]>>

export interface FilledForm {
  readonly title: string
  readonly labels: string[]
  readonly body: string
}

/**
 * The issue that GitHub makes of a form. Answers are by label, a list for checkboxes; whatever is not answered keeps its default.
 *
 * @throws {Error} for an answer that the form does not ask for or offer.
 */
export function fillIssueForm(text: string, answers: FormAnswers): FilledForm {
  const { title, labels, body } = form.parse(parse(text))
  const fields = body.filter(({ type }) => type !== 'markdown')
  const strange = Object.keys(answers).filter((label) => !fields.some(({ attributes }) => attributes.label === label))
  if (strange.length > 0) throw new Error(`the form does not ask for ${strange.join(', ')}`)
  const parts = fields.map((field) => `### ${field.attributes.label}\n\n${fillField(field, answers[field.attributes.label])}`)
  return { title, labels, body: `${parts.join('\n\n')}\n` }
}

function fillField({ type, attributes }: Field, answer: string | readonly string[] | undefined): string {
  const { label, options, value, default: chosen, render } = attributes
  const answers = answer === undefined ? [] : typeof answer === 'string' ? [answer] : answer
  const strange = options.length === 0 ? [] : answers.filter((each) => !options.includes(each))
  if (strange.length > 0) throw new Error(`the form does not offer ${strange.join(', ')} for ${label}`)
  if (type === 'checkboxes') return options.map((option) => `- [${answers.includes(option) ? 'X' : ' '}] ${option}`).join('\n')
  const written = answers[0] ?? value ?? (chosen === undefined ? undefined : options[chosen]) ?? ''
  if (written.trim() === '') return '_No response_'
  // The fence is as long whatever stands within.
  return render === undefined ? written : `\`\`\`${render}\n${written.trimEnd()}\n\`\`\``
}
