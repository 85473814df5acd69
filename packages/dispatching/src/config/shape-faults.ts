import type { Fault } from '@switchyard/core'
import type { z } from 'zod'
import { findNearest } from './suggest.ts'
import type { Path, YamlDocument } from './yaml-document.ts'

type Issue = z.core.$ZodIssue

/** Keys by where they may stand, for "did you mean". The last named step of a path says where one is. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['outbound', 'inbound'],
  outbound: ['id', 'source', 'targets'],
  inbound: ['source', 'targets'],
  'outbound.source': ['workflow', 'conclusions', 'branches', 'events'],
  'inbound.source': ['repository', 'workflow', 'branches'],
  'outbound.targets': ['repository', 'workflow', 'ref', 'inputs'],
  'inbound.targets': ['workflow', 'refs', 'inputs'],
}

/** What zod found, as faults at their places. One issue may be several faults: each unknown key is its own. */
export function shapeFaults(issues: readonly Issue[], document: YamlDocument): readonly Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, document))
}

function faultsOf(issue: Issue, document: YamlDocument): readonly Fault[] {
  const { path } = issue
  const what = describe(path)
  const fault = (code: string, message: string, hint: string): Fault => ({
    code,
    message,
    hint,
    place: document.placeOf(path),
    severity: 'error',
  })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, document))
    case 'invalid_type':
    case 'invalid_union':
      if (!isPresent(document.value, path)) return [missingKey(path, document)]
      return [fault('wrong-type', `${what} must be ${expectation(issue)}.`, typeHint(issue))]
    case 'invalid_value':
      return [unknownValue(issue, document)]
    case 'too_small':
      return [
        fault('empty', `${what} is empty.`, issue.origin === 'array' ? 'Give it at least one entry, or delete it.' : 'Write a value.'),
      ]
    case 'too_big':
      return [fault('too-long', `${what} is longer than ${issue.maximum} characters.`, 'Shorten it.')]
    case 'invalid_format':
      return [
        fault(
          'bad-id',
          `${what} may hold letters, digits, dots, dashes and underscores only, 64 at most.`,
          'Choose a short name such as `deploy-eu`.',
        ),
      ]
    case 'custom':
      return [fault('too-many-inputs', `${what} has more than 25 entries; GitHub takes 25.`, 'Pass several values as one JSON text.')]
    case 'invalid_key':
      return [fault('empty', `${what} has a key without a name.`, 'Name the input.')]
    case 'invalid_element':
    case 'not_multiple_of':
      return [fault('wrong-type', `${what} is not allowed here.`, 'See the reference of `dispatching.yml`.')]
  }
}

function unknownKey(key: string, path: Path, document: YamlDocument): Fault {
  const known = KEYS[path.filter((step) => typeof step === 'string').join('.')] ?? []
  const near = findNearest(key, known)
  return {
    code: 'unknown-key',
    message: `\`${key}\` is not a key of ${path.length === 0 ? 'this file' : describe(path)}.`,
    hint: near ? `Did you mean \`${near}\`?` : `Known keys are ${known.map((name) => `\`${name}\``).join(', ')}.`,
    place: document.keyPlaceOf([...path, key]),
    severity: 'error',
  }
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
    message: `${describe(issue.path)} does not know ${typeof value === 'string' ? `\`${value}\`` : 'this value'}.`,
    hint: near ? `Did you mean \`${near}\`?` : `It knows ${known.map((name) => `\`${name}\``).join(', ')}.`,
    place: document.placeOf(issue.path),
    severity: 'error',
  }
}

const EXPECTATIONS: Readonly<Record<string, string>> = { array: 'a list', object: 'a mapping', record: 'a mapping', string: 'text' }

function expectation(issue: Issue): string {
  return issue.code === 'invalid_type' ? (EXPECTATIONS[issue.expected] ?? issue.expected) : 'text, a number, true or false'
}

function typeHint(issue: Issue): string {
  if (issue.code !== 'invalid_type') return 'Put anything else in quotes, as JSON text.'
  if (issue.expected === 'array') return 'Write each entry on its own line, with `- ` in front.'
  return issue.expected === 'string' ? 'Write text; numbers and dates need quotes.' : 'Write `key: value` lines, indented below.'
}

/** A path in words that can be searched for in the file: `outbound[0].targets[1].ref`. */
function describe(path: Path): string {
  if (path.length === 0) return 'The file'
  return `\`${path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1)}\``
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
