import type { Fault, Place } from '@switchyard/core'
import { parseYamlDocument, shapeFaults } from '@switchyard/core/config'
import { type FrontMatter, frontMatterShape, frontMatterWords } from './shape.ts'
import { MAX_FAULTS } from './limits.ts'

export interface ParsedFrontMatter {
  /** undefined: there is none, or it has faults. */
  readonly data: FrontMatter | undefined
  readonly faults: readonly Fault[]
  /** Where the Markdown begins. */
  readonly end: number
}

export interface SplitFrontMatter {
  /** Where its first line begins. */
  readonly begin: number
  /** undefined: it is never closed. */
  readonly yaml: string | undefined
  /** Where the Markdown begins. */
  readonly end: number
}

/** What stands between two lines of `---` at the text's start; undefined: there is none. */
export function splitFrontMatter(text: string): SplitFrontMatter | undefined {
  const begin = /^---[ \t]*\r?\n/.exec(text)?.[0].length
  if (begin === undefined) return undefined
  const lines = text.slice(begin)
  const found = /^---[ \t]*$/m.exec(lines.replaceAll('\r\n', ' \n'))
  if (!found) return { begin, yaml: undefined, end: text.length }
  return { begin, yaml: lines.slice(0, found.index), end: begin + found.index + found[0].length }
}

/** Reads what stands between two lines of `---` at the text's start. */
export function parseFrontMatter(text: string, placeAt: (offset: number) => Place): ParsedFrontMatter {
  const split = splitFrontMatter(text)
  if (split === undefined) return { data: undefined, faults: [], end: 0 }
  const { begin, yaml, end } = split
  if (yaml === undefined) {
    const message = 'The front matter is never closed.'
    const fault: Fault = {
      code: 'open-front-matter',
      message,
      hint: 'Write `---` below its last line.',
      place: placeAt(0),
      severity: 'error',
    }
    return { data: undefined, faults: [fault], end }
  }
  const { file, line } = placeAt(begin)
  const shift = (fault: Fault): Fault => ({
    ...fault,
    place: { file, line: (fault.place?.line ?? 1) + line - 1, column: fault.place?.column ?? 1 },
  })
  return { ...parse(yaml, { file, shift }), end }
}

interface In {
  readonly file: string
  shift(fault: Fault): Fault
}

function parse(yaml: string, { file, shift }: In): Omit<ParsedFrontMatter, 'end'> {
  const parsed = parseYamlDocument(yaml, { file, begin: 'Write `title:` and `idea:` between the two lines of `---`.' })
  if (!parsed.ok) return { data: undefined, faults: parsed.faults.slice(0, MAX_FAULTS).map(shift) }
  const { document } = parsed
  const shape = frontMatterShape.safeParse(document.value)
  if (shape.success) return { data: shape.data, faults: [] }
  return { data: undefined, faults: shapeFaults(shape.error.issues, { document, words: frontMatterWords }).map(shift) }
}
