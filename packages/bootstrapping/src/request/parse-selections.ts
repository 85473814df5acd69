import { type Fault, isJsonObject } from '@switchyard/core'
import { shapeFaults } from '@switchyard/core/config'
import type { Selections } from '../model.ts'
import { parseJsonDocument } from './json-document.ts'
import { requestWords } from './parse-request.ts'
import { selectedOptionsShape } from './shape.ts'

export type ParsedSelections =
  | { readonly ok: true; readonly selected: Selections }
  | { readonly ok: false; readonly faults: readonly Fault[] }

const FILE = 'selections'
const LINE = /^\s*([a-z0-9][a-z0-9-]{0,63})\s*:\s*(.*?)\s*$/

/**
 * Reads the `selections` input: JSON as in `selected_options`, or a line for each category, `auth: sessions` or `testing: unit, e2e`;
 * nothing after the colon chooses none. An empty text names no category. Faults count lines in the input's text.
 */
export function parseSelections(text: string): ParsedSelections {
  return text.trimStart().startsWith('{') ? parseJson(text) : parseLines(text)
}

function parseJson(text: string): ParsedSelections {
  const json = parseJsonDocument(text, { file: FILE, begin: 'Write `{ "category": ["option"] }`.' })
  if (!json.ok) return json
  const { document } = json
  const shape = selectedOptionsShape.safeParse(document.value)
  if (!shape.success) return { ok: false, faults: shapeFaults(shape.error.issues, { document, words: requestWords(document.value) }) }
  const dropped = isJsonObject(document.value) ? Object.keys(document.value).find((key) => !Object.hasOwn(shape.data, key)) : undefined
  return dropped === undefined ? { ok: true, selected: shape.data } : { ok: false, faults: [notRead(1, dropped)] }
}

function parseLines(text: string): ParsedSelections {
  const faults: Fault[] = []
  const selected = new Map<string, readonly string[]>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, category, options = ''] = LINE.exec(line) ?? []
    if (category === undefined) faults.push(notRead(index + 1, line))
    else if (selected.has(category)) faults.push(fault(index + 1, `\`${category}\` stands here twice.`, 'Put all its options on one line.'))
    else selected.set(category, options === '' ? [] : options.split(',').map((option) => option.trim()))
    if (category !== undefined && options !== '' && options.split(',').some((option) => option.trim() === '')) {
      faults.push(fault(index + 1, `\`${category}\` has an empty option.`, 'Put one comma between two options.'))
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, selected: Object.fromEntries(selected) }
}

function notRead(line: number, text: string): Fault {
  return fault(line, `${JSON.stringify(text.slice(0, 80))} names no category.`, 'Write `category: option, option`.')
}

function fault(line: number, message: string, hint: string): Fault {
  return { code: 'bad-selection', message, hint, place: { file: FILE, line, column: 1 }, severity: 'error' }
}
