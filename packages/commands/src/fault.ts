import { truncate } from '@switchyard/core'

/** Where in a comment, counted from 1; columns in UTF-16 units, as editors count. */
export interface CommentPlace {
  readonly line: number
  readonly column: number
}

/** Everything that can be wrong with what somebody typed. Documented in `docs/reference/slash-commands.md`. */
export const COMMAND_FAULTS = {
  'unknown-family': 'the word after `/` is one letter away from a command',
  'command-in-quote': 'a command stands directly below a quoted line, so GitHub shows it as quoted',
  'command-in-code': 'a command stands in inline code that began on a line above',
  'hidden-character': 'the line holds control characters or changes the direction of writing',
  'unclosed-quote': 'a quote is opened and never closed',
  'unclosed-block': 'a code block is opened and never closed',
  'too-many-commands': 'the comment holds more commands than are read',
  'missing-subcommand': 'the command needs a second word',
  'unknown-subcommand': 'the second word is not known',
  'unknown-flag': 'the command has no such flag',
  'flag-twice': 'a flag is given twice',
  'flag-without-value': 'a flag needs a value',
  'flag-with-value': 'a flag takes no value',
  'one-dash': 'a flag is written with one dash',
  'missing-argument': 'something that the command needs is not there',
  'empty-argument': 'an argument is empty',
  'unexpected-word': 'there are more words than the command takes',
  'unknown-choice': 'a word is not one of those allowed',
  'bad-argument': 'a word does not have the form it must have',
  'text-after-quote': 'letters follow a closing quote',
  'bad-selector': 'a selector cannot be read',
  'all-and-names': '`--all` stands beside names',
  'only-exclusions': 'there are exclusions and nothing to exclude from',
  'missing-block': 'the command needs a code block below it',
  'unexpected-block': 'the command takes no code block',
  'unknown-member': 'a selector matches nothing',
  'ambiguous-member': 'a bare name stands for several',
  'nothing-selected': 'the selectors together leave nothing',
} as const
export type CommandFaultCode = keyof typeof COMMAND_FAULTS

/** One thing wrong with a comment. Message and hint are plain text that may quote the comment: escape them where they are shown. */
export interface CommandFault extends CommentPlace {
  readonly code: CommandFaultCode
  readonly message: string
  readonly hint: string
}

/** UTF-16 units of a message or hint: the words that it quotes may be as long as the comment. */
const MAX_LENGTH = 300

/** Faults from the comment's top to its end, none of them longer than people read. */
export function inOrder(faults: readonly CommandFault[]): readonly CommandFault[] {
  return faults
    .map((fault) => ({ ...fault, message: truncate(fault.message, MAX_LENGTH), hint: truncate(fault.hint, MAX_LENGTH) }))
    .sort((left, right) => left.line - right.line || left.column - right.column)
}

/** Words as a sentence lists them, each in quotes. */
export function listWords(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ')
}
