import type { Fault } from '../fault.ts'
import type { z } from 'zod'
import { findNearest } from '../nearest.ts'
import { quote } from '../quote.ts'
import type { Path, YamlDocument } from './yaml-document.ts'

export type Issue = z.core.$ZodIssue

/** What a kind of file says in its own words. */
export interface ShapeWords {
  /** Keys by where they may stand, for "did you mean": the named steps of a path, joined by dots. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** What a rule of the shape itself asks for: formats, and refinements (`custom`). */
  explain(issue: Issue, what: string): Explained | undefined
}

export interface Explained {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** Findings, and unknown keys of one mapping, that are told at once: each one's place costs a walk through the text. */
const MAX_TOLD = 100

/** What zod found, as faults at their places. One issue may be several faults: each unknown key is its own. */
export function shapeFaults(
  issues: readonly Issue[],
  on: { readonly document: YamlDocument; readonly words: ShapeWords },
): readonly Fault[] {
  return issues.slice(0, MAX_TOLD).flatMap((issue) => faultsOf(issue, on))
}

function faultsOf(issue: Issue, { document, words }: { readonly document: YamlDocument; readonly words: ShapeWords }): readonly Fault[] {
  const { path } = issue
  const what = describe(path)
  const fault = (code: string, message: string, hint: string): Fault => ({
    code,
    message,
    hint,
    place: document.placeOf(path),
    severity: 'error',
  })
  const own = words.explain(issue, what)
  if (own) return [fault(own.code, own.message, own.hint)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_TOLD).map((key) => unknownKey(key, path, { document, words }))
    case 'invalid_type':
    case 'invalid_union':
      if (!isPresent(document.value, path)) return [missingKey(path, document)]
      return [fault('wrong-type', `${what} must be ${expectation(issue)}.`, typeHint(issue))]
    case 'invalid_value':
      return [isPresent(document.value, path) ? unknownValue(issue, document) : missingKey(path, document)]
    case 'too_small':
      return [
        issue.origin === 'number' || issue.origin === 'int'
          ? fault('too-small', `${what} is less than ${issue.minimum}.`, 'Choose a larger number.')
          : fault('empty', `${what} is empty.`, issue.origin === 'array' ? 'Give it at least one entry, or delete it.' : 'Write a value.'),
      ]
    case 'too_big':
      return [tooBig(issue, what, fault)]
    case 'invalid_key':
      return [fault('empty', `${what} has a key without a name.`, 'Name it.')]
    case 'invalid_element':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'custom':
      return [fault('wrong-type', `${what} is not allowed here.`, 'See the reference of this file.')]
  }
}

function unknownKey(key: string, path: Path, { document, words }: { readonly document: YamlDocument; readonly words: ShapeWords }): Fault {
  const known = words.keys[path.filter((step) => typeof step === 'string').join('.')] ?? []
  const near = findNearest(key, known)
  return {
    code: 'unknown-key',
    message: `${quote(key)} is not a key of ${path.length === 0 ? 'this file' : describe(path)}.`,
    hint: near ? `Did you mean \`${near}\`?` : `Known keys are ${known.map((name) => `\`${name}\``).join(', ')}.`,
    place: document.keyPlaceOf([...path, key]),
    severity: 'error',
  }
}

function tooBig(
  issue: Extract<Issue, { code: 'too_big' }>,
  what: string,
  fault: (code: string, message: string, hint: string) => Fault,
): Fault {
  if (issue.origin === 'array') return fault('too-many', `${what} has more than ${issue.maximum} entries.`, 'Delete some of them.')
  if (issue.origin === 'string') return fault('too-long', `${what} is longer than ${issue.maximum} characters.`, 'Shorten it.')
  return fault('too-large', `${what} is more than ${issue.maximum}.`, 'Choose a smaller number.')
}

function missingKey(path: Path, document: YamlDocument): Fault {
  const holder = path.slice(0, -1)
  const key = String(path.at(-1))
  return {
    code: 'missing-key',
    message: `${describe(holder)} needs \`${key}\`.`,
    hint: `Add \`${key}:\` here.`,
    place: document.placeOf(holder),
    severity: 'error',
  }
}

function unknownValue(issue: Extract<Issue, { code: 'invalid_value' }>, document: YamlDocument): Fault {
  const value = valueAt(document.value, issue.path)
  const known = issue.values.map(String)
  const near = typeof value === 'string' ? findNearest(value, known) : undefined
  return {
    code: 'unknown-value',
    message: `${describe(issue.path)} does not know ${typeof value === 'string' ? quote(value) : 'this value'}.`,
    hint: near ? `Did you mean \`${near}\`?` : `It knows ${known.map((name) => `\`${name}\``).join(', ')}.`,
    place: document.placeOf(issue.path),
    severity: 'error',
  }
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
}

function expectation(issue: Issue): string {
  return issue.code === 'invalid_type' ? (EXPECTATIONS[issue.expected] ?? issue.expected) : 'text, a number, true or false'
}

function typeHint(issue: Issue): string {
  if (issue.code !== 'invalid_type') return 'Put anything else in quotes, as JSON text.'
  if (issue.expected === 'array') return 'Write each entry on its own line, with `- ` in front.'
  if (issue.expected === 'string') return 'Write text; numbers and dates need quotes.'
  if (issue.expected === 'boolean') return 'Write `true` or `false`, without quotes.'
  if (issue.expected === 'number' || issue.expected === 'int') return 'Write a number, without quotes.'
  return 'Write `key: value` lines, indented below.'
}

/** Longest path that is written out, in characters. */
const MAX_PATH = 300

/** A path in words that can be searched for in the file: `outbound[0].targets[1].ref`. */
function describe(path: Path): string {
  if (path.length === 0) return 'The file'
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
  return quote(steps.join('').slice(1), MAX_PATH)
}

function isPresent(value: unknown, path: Path): boolean {
  return valueAt(value, path) !== undefined
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((holder, step) => {
    if (typeof holder !== 'object' || holder === null) return undefined
    return Object.entries(holder).find(([key]) => key === String(step))?.[1]
  }, value)
}
