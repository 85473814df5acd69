/** A plan in an issue's text, and the line of the issue that it begins on, from 1. */
export interface FormPlan {
  readonly text: string
  readonly line: number
}

const HEADING = /^### Plan[ \t]*$/
const FENCE = /^(`{3,}|~{3,})[^`]*$/

/**
 * The plan that an issue form holds below its heading `### Plan`, where the form's `render: markdown` put it into a fence. The fence's
 * end is the last one of the text: code of the plan's own stands within. undefined: there is none.
 */
export function findFormPlan(body: string): FormPlan | undefined {
  const lines = body.split(/\r?\n/)
  const heading = lines.findIndex((line) => HEADING.test(line))
  if (heading === -1) return undefined
  const first = lines.findIndex((line, at) => at > heading && line.trim() !== '')
  if (first === -1) return undefined
  const [, fence] = FENCE.exec(lines[first] ?? '') ?? []
  if (fence === undefined) return toPlan(lines, first, lines.length)
  const end = lines.findLastIndex((line, at) => at > first && line.trimEnd() === fence)
  return toPlan(lines, first + 1, end === -1 ? lines.length : end)
}

function toPlan(lines: readonly string[], from: number, to: number): FormPlan | undefined {
  const text = lines.slice(from, to).join('\n')
  // What GitHub writes for a field that was left empty.
  return text.trim() === '' || text.trim() === '_No response_' ? undefined : { text: `${text.trimEnd()}\n`, line: from + 1 }
}
