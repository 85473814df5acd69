import { type CommandFault, type CommandFaultCode, inOrder } from '../fault.ts'
import { cleanLine, findHidden } from '../parse/characters.ts'
import { tokenise, type Word } from '../parse/tokens.ts'
import type { Audience, PlacedSelector } from '../select/selector.ts'
import { bindAudience, bindMember } from './members.ts'
import type { ArgumentResult } from './bound.ts'
import type { Taken } from './said.ts'

/** What the field of a form says, by the rules that a comment's line has. A fault's line is the field's. */
export type ParsedField<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly CommandFault[] }

/** Selectors, several a line or one, `--all` among them: together they are one audience. */
export function parseAudience(lines: readonly string[]): ParsedField<Audience> {
  const { words, all, faults } = readLines(lines)
  if (faults.length > 0) return { ok: false, faults }
  if (words.length === 0 && !all) return refuse('missing-argument', 'Nobody is named.', 'Name whom it is for, or write “--all”.')
  return toField(bindAudience(words, { all, line: 1, column: 1 }), isAudience)
}

/** One selector that stands for one member. */
export function parseMember(lines: readonly string[]): ParsedField<PlacedSelector> {
  const { words, all, faults } = readLines(lines)
  if (faults.length > 0) return { ok: false, faults }
  const [word, ...more] = words
  if (word === undefined || more.length > 0 || all) {
    return refuse('bad-selector', 'Exactly one is to be named here.', 'Name one: “cluster/namespace”, or a bare name.')
  }
  return toField(bindMember(word), isSelector)
}

/** A text without what nobody sees; what hides or turns other characters is refused. */
export function parseText(text: string): ParsedField<string> {
  const seen = cleanLine(text).text.trim()
  const at = findHidden(seen)
  if (at === undefined) return { ok: true, value: seen }
  const code = seen.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  return refuse('hidden-character', `The text holds a character that nobody sees (U+${code}).`, 'Type it again instead of pasting it.')
}

interface ReadLines {
  readonly words: readonly Word[]
  readonly all: boolean
  readonly faults: readonly CommandFault[]
}

function readLines(lines: readonly string[]): ReadLines {
  const read = lines.map((text, at) => tokenise(cleanLine(text), { from: 0, line: at + 1 }))
  const tokens = read.flatMap((each) => each.tokens)
  const hidden = lines.flatMap((text) => {
    const parsed = parseText(text)
    return parsed.ok ? [] : parsed.faults
  })
  const strange = tokens.flatMap((token): readonly CommandFault[] => {
    if (token.kind === 'word' || (token.kind === 'flag' && token.name === 'all' && token.value === undefined)) return []
    return [
      {
        code: 'unknown-flag',
        message: `“${token.source}” is no selector.`,
        hint: 'The only flag here is “--all”.',
        line: token.line,
        column: token.column,
      },
    ]
  })
  return {
    words: tokens.flatMap((token) => (token.kind === 'word' ? [token] : [])),
    all: tokens.some(({ kind }) => kind === 'flag'),
    faults: inOrder([...hidden, ...read.flatMap(({ faults }) => faults), ...strange]),
  }
}

function toField<Value extends ArgumentResult>(taken: Taken, is: (value: ArgumentResult) => value is Value): ParsedField<Value> {
  if ('faults' in taken) return { ok: false, faults: inOrder(taken.faults.map((said) => ({ ...said, line: 1, column: said.column ?? 1 }))) }
  if (!is(taken.value)) throw new TypeError('A field gives what it was read as')
  return { ok: true, value: taken.value }
}

function isAudience(value: ArgumentResult): value is Audience {
  return typeof value === 'object' && 'selectors' in value
}

function isSelector(value: ArgumentResult): value is PlacedSelector {
  return typeof value === 'object' && 'exclude' in value
}

function refuse(code: CommandFaultCode, message: string, hint: string): { readonly ok: false; readonly faults: readonly CommandFault[] } {
  return { ok: false, faults: [{ code, message, hint, line: 1, column: 1 }] }
}
