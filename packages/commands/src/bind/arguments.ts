import { type ArgumentDefinition, type ChoiceArgument, takesRest, type WordArgument } from '../definition.ts'
import type { CommandFault, CommentPlace } from '../fault.ts'
import { findQuote } from '../parse/characters.ts'
import type { EndOfFlags, Word } from '../parse/tokens.ts'
import { renderArgument } from '../render/usage.ts'
import type { ArgumentResult } from './bound.ts'
import { choiceFault } from './flags.ts'
import { bindMember, bindAudience } from './members.ts'
import type { Said, Taken } from './said.ts'

export interface ArgumentQuestion {
  readonly command: string
  readonly definitions: readonly ArgumentDefinition[]
  readonly words: readonly (Word | EndOfFlags)[]
  readonly all: boolean
  /** The command's own. */
  readonly place: CommentPlace
  /** How the command is typed. */
  readonly usage: string
}

export interface BoundArguments {
  readonly values: Readonly<Record<string, ArgumentResult | undefined>>
  readonly places: Readonly<Record<string, CommentPlace>>
  readonly faults: readonly CommandFault[]
}

/** The words of a command, one argument after the other. */
export function bindArguments({ command, definitions, words, all, place, usage }: ArgumentQuestion): BoundArguments {
  const values: Record<string, ArgumentResult | undefined> = {}
  const places: Record<string, CommentPlace> = {}
  const faults: CommandFault[] = []
  const lacking: ArgumentDefinition[] = []
  let left = words
  for (const definition of definitions) {
    const mine = wordsFor(definition, left, all)
    left = left.slice(mine.length)
    const [first] = mine.filter(isWord)
    const at = { line: place.line, column: first?.column ?? place.column }
    if (first) places[definition.name] = at
    const taken = take(definition, mine, { ...at, all })
    values[definition.name] = undefined
    if (taken && 'value' in taken) values[definition.name] = taken.value
    else if (taken) faults.push(...taken.faults.map((said) => ({ ...said, line: at.line, column: said.column ?? at.column })))
    else if (!definition.optional) lacking.push(definition)
  }
  if (lacking.length > 0) faults.push({ ...missing(lacking, { command, usage }), ...place })
  const [extra] = left.filter(isWord)
  if (extra) faults.push({ ...unexpected(command, extra), line: place.line, column: extra.column })
  return { values, places, faults }
}

function isWord(token: Word | EndOfFlags): token is Word {
  return token.kind === 'word'
}

/** How many of the words left belong to an argument. */
function wordsFor(definition: ArgumentDefinition, left: readonly (Word | EndOfFlags)[], all: boolean): readonly (Word | EndOfFlags)[] {
  if (takesRest(definition)) return left
  const first = left.findIndex(isWord)
  const isExclusion = (token: Word | EndOfFlags | undefined): boolean =>
    token?.kind === 'word' && !token.quoted && token.text.startsWith('!') && token.text.length > 1
  if (first < 0) return []
  let end = definition.kind === 'members' && all ? first : first + 1
  if (definition.kind === 'members') while (isExclusion(left[end])) end += 1
  return left.slice(0, end)
}

/** An argument's value; undefined when there is no word for it. */
function take(
  definition: ArgumentDefinition,
  mine: readonly (Word | EndOfFlags)[],
  at: CommentPlace & { readonly all: boolean },
): Taken | undefined {
  const given = mine.filter(isWord)
  const [first] = given
  if (definition.kind === 'text') return first && notEmpty(definition, first, joinText(mine))
  const odd = given.filter((word) => !word.quoted && findQuote(word.text.replace(/^!/, '')[0]) !== undefined)
  if (odd.length > 0) return { faults: odd.map(textAfterQuote) }
  if (definition.kind === 'members' && (at.all || first)) return bindAudience(given, at)
  if (!first) return undefined
  switch (definition.kind) {
    case 'word':
      return takeWord(definition, given)
    case 'choice':
      return takeChoice(definition, first)
    case 'member':
    case 'members':
      return bindMember(first)
  }
}

function takeWord(definition: WordArgument, given: readonly Word[]): Taken {
  const faults = given.flatMap((word): readonly Said[] => {
    const taken = notEmpty(definition, word, word.text)
    if ('faults' in taken) return taken.faults
    if (!definition.pattern || new RegExp(`^(?:${definition.pattern.source})$`, 'u').test(word.text)) return []
    const message = `“${word.text}” is not ${definition.pattern.expects}.`
    return [
      { code: 'bad-argument', message, hint: `${renderArgument(definition)} must be ${definition.pattern.expects}.`, column: word.column },
    ]
  })
  if (faults.length > 0) return { faults }
  return { value: definition.many ? given.map(({ text }) => text) : (given[0]?.text ?? '') }
}

function takeChoice(definition: ChoiceArgument, word: Word): Taken {
  const fault = choiceFault(word.text, definition.choices)
  return fault ? { faults: [fault] } : { value: word.text }
}

/** The line as it was typed; one word in quotes is what stands in them. A `--` behind the first word is part of the text. */
function joinText(mine: readonly (Word | EndOfFlags)[]): string {
  const from = mine.findIndex(isWord)
  const [first, ...more] = mine.slice(from)
  if (first?.kind === 'word' && first.quoted && more.length === 0) return first.text
  return mine
    .slice(from)
    .map(({ source }) => source)
    .join(' ')
}

function notEmpty(definition: ArgumentDefinition, word: Word, value: string): Taken {
  if (value.trim() !== '') return { value }
  const message = `${renderArgument(definition)} is empty.`
  return { faults: [{ code: 'empty-argument', message, hint: 'Write something between the quotes.', column: word.column }] }
}

function textAfterQuote({ source, column }: Word): Said {
  const hint = 'Put a space behind the closing quote, or the whole word in quotes.'
  return { code: 'text-after-quote', message: `“${source}” goes on behind its closing quote.`, hint, column }
}

function missing(lacking: readonly ArgumentDefinition[], { command, usage }: { readonly command: string; readonly usage: string }): Said {
  const message = `“/${command}” needs ${lacking.map(renderArgument).join(' and ')}.`
  return { code: 'missing-argument', message, hint: `It is written “${usage}”.` }
}

function unexpected(command: string, { source }: Word): Said {
  const hint = 'Words that belong together go in quotes.'
  return { code: 'unexpected-word', message: `“/${command}” does not expect “${source}”.`, hint }
}
