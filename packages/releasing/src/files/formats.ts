import { findSafePathFault, SAFE_PATH } from '@switchyard/core'
import { nameCharacter } from './quote.ts'

/** What a text must look like, and what to say when it does not. */
interface Format {
  readonly pattern: RegExp
  readonly code: string
  /** The end of "`path` must …". */
  readonly must: string
  readonly hint: string
  /** What exactly breaks the pattern: "it holds …". */
  readonly find?: (text: string) => string | undefined
}

const ADDRESS = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/
const findForeign = (text: string): string | undefined => findCharacter(text, /[^A-Za-z0-9._-]/u)

/** By the name that a shape gives its pattern as the error. */
export const FORMATS = {
  address: {
    pattern: ADDRESS,
    code: 'bad-name',
    must: 'must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends',
    hint: 'Choose a name such as `eu-1`: commands write it as part of `cluster/namespace`.',
    find: findForeign,
  },
  tag: {
    pattern: ADDRESS,
    code: 'bad-tag',
    must: 'must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends',
    hint: 'Choose a word such as `canary`.',
    find: findForeign,
  },
  id: {
    pattern: ADDRESS,
    code: 'bad-id',
    must: 'must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends',
    hint: 'Choose an id such as `migrate-db`: commands and records know the step by it.',
    find: findForeign,
  },
  customer: {
    pattern:
      /^(?!.*\p{Default_Ignorable_Code_Point})(?!.*\p{M}{4})(?!.* {2})[\p{L}0-9](?:[\p{L}\p{M}0-9 .,_&'’()+-]*[\p{L}\p{M}0-9.)+])?$/u,
    code: 'bad-name',
    must: "must be letters, digits and single spaces, with `. , _ & ' ( ) + -` between them",
    hint: 'Choose a name such as `Acme Ltd.`: commands may write it in quotes.',
    find: (text) => findCharacter(text, /[^\p{L}\p{M}0-9 .,_&'’()+-]|\p{Default_Ignorable_Code_Point}/u),
  },
  line: {
    pattern: /^(?![\p{Z}])[^\p{Cc}\u2028-\u202e\u2066-\u2069]*[^\p{Cc}\p{Z}\u2028-\u202e\u2066-\u2069]$/u,
    code: 'not-one-line',
    must: 'must be one line without control characters, and without spaces at its ends',
    hint: 'Write it on one line.',
    find: (text) => findCharacter(text, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u),
  },
  prose: {
    pattern: /^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u,
    code: 'hidden-character',
    must: 'must be text without control characters',
    hint: 'Delete the character; it is not seen where it stands.',
    find: (text) => findCharacter(text, HIDDEN),
  },
  date: {
    pattern: /^\d{4}-\d\d-\d\d$/,
    code: 'bad-date',
    must: 'must be a date such as `2026-11-21`',
    hint: 'Write year, month and day with dashes.',
  },
  path: {
    pattern: SAFE_PATH,
    code: 'unsafe-path',
    must: 'must be a path below `release/`',
    hint: 'Write it without `release/` in front, such as `steps/migrate.sql`.',
    find: findSafePathFault,
  },
} as const satisfies Record<string, Format>

/** Control characters but newline and tab, and what turns the direction of text, so that another text is read than the one there. */
export const HIDDEN = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u

export type FormatName = keyof typeof FORMATS

export function findFormat(name: string): Format | undefined {
  return isFormatName(name) ? FORMATS[name] : undefined
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name)
}

function findCharacter(text: string, pattern: RegExp): string | undefined {
  const found = pattern.exec(text)?.[0]
  return found === undefined ? undefined : `it holds ${nameCharacter(found)}`
}
