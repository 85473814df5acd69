import { findSafePathFault, FULL_NAME, MAX_PATH_LENGTH, SAFE_PATH } from '@switchyard/core'
import { z } from 'zod'

/** What a text must look like, and what to say when it does not. */
export interface Format {
  readonly pattern: RegExp
  readonly code: string
  /** The end of "`path` must …", or of what `find` says. */
  readonly must: string
  readonly hint: string
  /** More exact words for a text that breaks the pattern. */
  readonly find?: (text: string) => string | undefined
}

const SHORT = 'Choose a short name such as `sign-in`.'

/** By the name that a shape gives its pattern as the error. */
export const FORMATS = {
  slug: {
    pattern: /^[a-z0-9][a-z0-9-]{0,63}$/,
    code: 'bad-slug',
    must: 'must be lower-case letters, digits and dashes, 64 at most',
    hint: SHORT,
  },
  path: {
    pattern: SAFE_PATH,
    code: 'unsafe-path',
    must: 'is not a path of a recipe',
    hint: 'Write a path inside the repository, such as `src/app.ts`.',
    find: findSafePathFault,
  },
  line: {
    // eslint-disable-next-line no-control-regex
    pattern: /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/,
    code: 'not-one-line',
    must: 'must be one line without control characters',
    hint: 'Write it on one line.',
  },
  title: {
    // eslint-disable-next-line no-control-regex
    pattern: /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[A-Za-z0-9][^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/,
    code: 'bad-title',
    must: 'must be one line with a letter A to Z or a digit in it',
    hint: 'Write a title such as `Use sessions for sign-in`.',
  },
  repository: {
    pattern: FULL_NAME,
    code: 'bad-repository',
    must: 'must be `owner/name`',
    hint: 'Write the repository as in its address on GitHub.',
  },
  topic: {
    pattern: /^[a-z0-9][a-z0-9-]{0,49}$/,
    code: 'bad-topic',
    must: 'must be lower-case letters, digits and dashes, 50 at most',
    hint: 'See GitHub’s rules for topics.',
  },
  colour: {
    pattern: /^[0-9a-fA-F]{6}$/,
    code: 'bad-colour',
    must: 'must be six hexadecimal digits without `#`',
    hint: 'Write it in quotes: `"0e8a16"`.',
  },
  reviewer: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\/[a-z0-9][a-z0-9_-]{0,99})?$/,
    code: 'bad-reviewer',
    must: 'must be a user’s name, or a team as `organisation/team`',
    hint: 'Write it without `@`.',
  },
  source: {
    pattern: /^(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/)?(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
    code: 'bad-repository',
    must: 'must be `owner/name`, or a bare name',
    hint: 'Name the one repository that may dispatch.',
  },
  workflow: {
    pattern: /^[A-Za-z0-9_.-]+\.ya?ml$/,
    code: 'bad-workflow',
    must: 'must be the file name of a workflow',
    hint: 'Write it as in `.github/workflows/`, such as `deploy.yml`.',
  },
  owner: {
    // A user of a managed enterprise has a suffix after `_`.
    pattern: /^(?=.{1,39}$)[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?$/,
    code: 'bad-owner',
    must: 'must be the name of a user or an organisation: letters, digits and single dashes, 39 at most',
    hint: 'Write it as in the address on GitHub.',
  },
  name: {
    pattern: /^(?!\.{1,2}$)(?!.*\.(?:[gG][iI][tT]|[wW][iI][kK][iI])$)[A-Za-z0-9._-]{1,100}$/,
    code: 'bad-repository-name',
    must: 'must be a repository’s name: letters, digits, dots, dashes and underscores, 100 at most, not ending in `.git` or `.wiki`',
    hint: 'Choose a name such as `payment-service`.',
  },
  commit: {
    pattern: /^[0-9a-f]{40}$/,
    code: 'bad-commit',
    must: 'must be a commit’s 40 hexadecimal digits',
    hint: 'Take the receipt as it was written.',
  },
  hash: {
    pattern: /^[0-9a-f]{64}$/,
    code: 'bad-hash',
    must: 'must be a hash of 64 hexadecimal digits',
    hint: 'Take the receipt as it was written.',
  },
  version: {
    pattern: /^\d{1,4}\.\d{1,4}$/,
    code: 'bad-version',
    must: 'must be a version such as `1.0`',
    hint: 'Take the receipt as it was written.',
  },
  time: {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/,
    code: 'bad-time',
    must: 'must be a time in UTC such as `2026-01-31T12:00:00Z`',
    hint: 'Take the receipt as it was written.',
  },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof FORMATS

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name)
}

/** A text of one format; the pattern's error is the format's name, by which its words are found. */
export function text(format: FormatName, max = 1_000): z.ZodString {
  // One fault a text: what is empty or too long is not held against its pattern too.
  return z.string().min(1, { abort: true }).max(max, { abort: true }).regex(FORMATS[format].pattern, { error: format })
}

export const recipePath = text('path', MAX_PATH_LENGTH)
