/** One answer of a GitHub issue form. */
export interface FormSection {
  /** The question's label. */
  readonly heading: string
  /** Trimmed; empty for `_No response_`. */
  readonly value: string
}

/**
 * The answers in the body of an issue that was opened with a form: `### Label`, an empty line, the answer. GitHub writes
 * `_No response_` for what was left empty.
 */
export function parseFormSections(body: string): readonly FormSection[] {
  const sections: { heading: string; lines: string[] }[] = []
  for (const line of body.split(/\r\n|\r|\n/)) {
    const heading = /^###\s+(.+?)\s*$/.exec(line)?.[1]
    if (heading !== undefined) sections.push({ heading, lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections.map(({ heading, lines }) => {
    const value = lines.join('\n').trim()
    return { heading, value: value === '_No response_' ? '' : value }
  })
}

const CHECKBOX = /^\s*[-*]\s+\[([ xX])\]\s+(.*?)\s*$/

/** What an answer chooses: ticked boxes, else the entries of a dropdown. Undefined when it holds anything else beside boxes. */
export function parseChoices(value: string, isOption: (text: string) => boolean): readonly string[] | undefined {
  const lines = value.split('\n').filter((line) => line.trim() !== '')
  const boxes = lines.map((line) => CHECKBOX.exec(line))
  if (boxes.some((box) => box !== null)) {
    if (boxes.some((box) => box === null)) return undefined
    return boxes.flatMap((box) => (box?.[1] === ' ' ? [] : [box?.[2] ?? '']))
  }
  return splitByOption(value, isOption)
}

/** A dropdown of many joins labels with `, `, and a label may hold a comma itself: the longest that is a label is taken. */
function splitByOption(value: string, isOption: (text: string) => boolean): readonly string[] {
  const parts = value.split(',').map((part) => part.trim())
  const found: string[] = []
  for (let at = 0; at < parts.length;) {
    let end = Math.min(parts.length, at + 8)
    while (end > at + 1 && !isOption(parts.slice(at, end).join(', '))) end -= 1
    found.push(parts.slice(at, end).join(', '))
    at = end
  }
  return found
}
