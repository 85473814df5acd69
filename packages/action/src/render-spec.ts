import { inlineCode, renderTable } from '@switchyard/core'
import { COMMON_OUTPUTS, COMMON_REASON_CODES } from './common.ts'
import type { ActionSpec, InputSpec } from './spec.ts'

/** The action's `action.yml`, whole. Texts are quoted as JSON, which is YAML too. */
export function renderActionYml(spec: ActionSpec): string {
  const inputs = Object.entries(spec.inputs).flatMap(([name, input]) => {
    const fallback = renderDefault(input)
    return [
      `  ${name}:`,
      `    description: ${JSON.stringify(renderDescription(input))}`,
      `    required: ${input.required === true && fallback === undefined}`,
      ...(fallback === undefined ? [] : [`    default: ${JSON.stringify(fallback)}`]),
    ]
  })
  const outputs = Object.entries({ ...COMMON_OUTPUTS, ...spec.outputs }).flatMap(([name, description]) => [
    `  ${name}:`,
    `    description: ${JSON.stringify(description)}`,
  ])
  const lines = [
    "# Made from the action's registry by `npm run generate`: change it there.",
    `name: ${JSON.stringify(spec.name)}`,
    `description: ${JSON.stringify(spec.description)}`,
    ...(spec.author === undefined ? [] : [`author: ${JSON.stringify(spec.author)}`]),
    'branding:',
    `  icon: ${spec.branding.icon}`,
    `  color: ${spec.branding.color}`,
    ...(inputs.length > 0 ? ['inputs:', ...inputs] : []),
    'outputs:',
    ...outputs,
    'runs:',
    '  using: node24',
    '  main: dist/index.js',
  ]
  return `${lines.join('\n')}\n`
}

/** The tables of the action's README: inputs, outputs, reason codes, each under its heading. */
export function renderReadmeTables(spec: ActionSpec): string {
  const inputs = Object.entries(spec.inputs).map(([name, input]) => {
    const fallback = renderDefault(input)
    return [inlineCode(name), renderCell(renderDescription(input)), fallback === undefined ? renderMissing(input) : inlineCode(fallback)]
  })
  const named = (entries: Readonly<Record<string, string>>): string[][] =>
    Object.entries(entries).map(([name, description]) => [inlineCode(name), renderCell(description)])
  return [
    ...(inputs.length > 0 ? ['### Inputs', renderTable(['input', 'meaning', 'default'], inputs)] : []),
    '### Outputs',
    renderTable(['output', 'meaning'], named({ ...COMMON_OUTPUTS, ...spec.outputs })),
    '### Reason codes',
    renderTable(['code', 'meaning'], named({ ...spec.reasonCodes, ...COMMON_REASON_CODES })),
  ].join('\n\n')
}

function renderMissing(input: InputSpec): string {
  return input.required === true ? 'required' : ''
}

function renderDescription(input: InputSpec): string {
  const allowed = renderAllowed(input)
  return allowed === undefined ? input.description : `${input.description} ${allowed}`
}

function renderAllowed(input: InputSpec): string | undefined {
  switch (input.kind) {
    case 'choice':
      return `One of ${input.values.map((value) => `\`${value}\``).join(', ')}.`
    case 'integer':
      return `From ${input.min} to ${input.max}.`
    case 'boolean':
      return '`true` or `false`.'
    case 'list':
      return 'Separated by commas or line breaks.'
    case 'lines':
      return 'One a line.'
    case 'json':
      return 'As JSON.'
    case 'secret':
    case 'text':
      return undefined
  }
}

function renderDefault(input: InputSpec): string | undefined {
  if (input.kind === 'json' || input.default === undefined) return undefined
  const value: unknown = input.default
  if (Array.isArray(value)) return value.join(input.kind === 'list' ? ', ' : '\n')
  return String(value)
}

/** Descriptions are Markdown of ours; a cell is one line. */
function renderCell(description: string): string {
  return description.replace(/\s*\n\s*/g, ' ')
}
