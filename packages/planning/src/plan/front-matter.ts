import type { Fault, Place } from '@switchyard/core'
import { parseYamlDocument, shapeFaults } from '@switchyard/core/config'
import { type FrontMatter, frontMatterShape, frontMatterWords } from './shape.ts'
import { MAX_FAULTS } from './limits.ts'

export interface ReadFrontMatter {
  /** undefined: there is none, or it has faults. */
  readonly data: FrontMatter | undefined
  readonly faults: readonly Fault[]
  /** Where the Markdown begins. */
  readonly end: number
}

/** Reads what stands between two lines of `---` at the text's start. */
export function readFrontMatter(text: string, placeAt: (offset: number) => Place): ReadFrontMatter {
  const begin = /^---[ \t]*\r?\n/.exec(text)?.[0].length
  if (begin === undefined) return { data: undefined, faults: [], end: 0 }
  const close = /^---[ \t]*$/m
  const lines = text.slice(begin)
  const found = close.exec(lines.replaceAll('\r\n', ' \n'))
  if (!found) {
    const message = 'The front matter is never closed.'
    const fault: Fault = {
      code: 'open-front-matter',
      message,
      hint: 'Write `---` below its last line.',
      place: placeAt(0),
      severity: 'error',
    }
    return { data: undefined, faults: [fault], end: text.length }
  }
  const yaml = lines.slice(0, found.index)
  const { file, line } = placeAt(begin)
  const shift = (fault: Fault): Fault => ({
    ...fault,
    place: { file, line: (fault.place?.line ?? 1) + line - 1, column: fault.place?.column ?? 1 },
  })
  return { ...parse(yaml, { file, shift }), end: begin + found.index + found[0].length }
}

interface In {
  readonly file: string
  shift(fault: Fault): Fault
}

function parse(yaml: string, { file, shift }: In): Omit<ReadFrontMatter, 'end'> {
  const parsed = parseYamlDocument(yaml, { file, begin: 'Write `title:` and `idea:` between the two lines of `---`.' })
  if (!parsed.ok) return { data: undefined, faults: parsed.faults.slice(0, MAX_FAULTS).map(shift) }
  const { document } = parsed
  const shape = frontMatterShape.safeParse(document.value)
  if (shape.success) return { data: shape.data, faults: [] }
  return { data: undefined, faults: shapeFaults(shape.error.issues, { document, words: frontMatterWords }).map(shift) }
}
