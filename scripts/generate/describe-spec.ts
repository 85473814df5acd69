import { DECISIONS } from '@switchyard/action'
import type { ActionSpec, InputSpec } from '@switchyard/action'

/** Outputs that every action has. */
const commonOutputs: Readonly<Record<string, string>> = {
  decision: `How it ended: ${DECISIONS.map((decision) => `\`${decision}\``).join(', ')}.`,
  'reason-code': 'Why it ended so: one of the reason codes in the documentation.',
  result: 'What was done, as JSON with `schema_version`.',
}

/** All outputs of an action, its own first. */
export const allOutputs = (spec: ActionSpec): Readonly<Record<string, string>> => ({ ...spec.outputs, ...commonOutputs })

/** An input's default as it stands in `action.yml`; undefined if it has none. */
export function describeDefault(input: InputSpec): string | undefined {
  switch (input.kind) {
    case 'json':
      return undefined
    case 'list':
      return input.default?.join(', ')
    case 'lines':
      return input.default?.join('\n')
    case 'boolean':
    case 'integer':
      return input.default === undefined ? undefined : String(input.default)
    case 'secret':
    case 'text':
    case 'choice':
      return input.default
  }
}

/** What may be typed into an input, for a person. */
export function describeKind(input: InputSpec): string {
  switch (input.kind) {
    case 'secret':
      return 'secret'
    case 'text':
      return 'text'
    case 'choice':
      return [...input.values, ...Object.keys(input.aliases ?? {})].map((value) => `\`${value}\``).join(', ')
    case 'boolean':
      return '`true`, `false`'
    case 'integer':
      return `${input.min} to ${input.max}`
    case 'list':
      return 'list, separated by commas or line breaks'
    case 'lines':
      return 'list, one a line'
    case 'json':
      return 'JSON'
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function renderInputs(spec: ActionSpec): string {
  const rows = Object.entries(spec.inputs).map(([name, input]) => {
    const value = describeDefault(input)
    const standard = input.required === true ? 'required' : value === undefined || value === '' ? '' : `\`${value}\``
    return [`\`${name}\``, input.description, describeKind(input), standard]
  })
  return table(['input', 'what it is', 'values', 'default'], rows)
}

export const renderOutputs = (spec: ActionSpec): string =>
  table(
    ['output', 'what it is'],
    Object.entries(allOutputs(spec)).map(([name, description]) => [`\`${name}\``, description]),
  )

export const renderReasonCodes = (spec: ActionSpec): string =>
  table(
    ['reason code', 'what it means'],
    Object.entries(spec.reasonCodes).map(([code, meaning]) => [`\`${code}\``, meaning]),
  )
