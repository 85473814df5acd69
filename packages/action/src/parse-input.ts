import type { Fault, Json } from '@switchyard/core'
import { truncate } from '@switchyard/core'
import type { InputSpec } from './spec.ts'

export type InputValue = Json | undefined
export type ParsedInput = { readonly value: InputValue } | { readonly fault: Fault }

const TRUE = ['true', 'True', 'TRUE']
const FALSE = ['false', 'False', 'FALSE']
const MAX_SHOWN = 100

/** One input's text as its value. An empty text is nothing given: the default, else undefined, or an empty list. */
export function parseInput(name: string, input: InputSpec, text: string): ParsedInput {
  const given = text.trim()
  if (given === '') return parseNothing(name, input)
  switch (input.kind) {
    case 'secret':
    case 'text':
      return { value: given }
    case 'choice':
      return parseChoice(name, input, given)
    case 'boolean':
      if (TRUE.includes(given)) return { value: true }
      if (FALSE.includes(given)) return { value: false }
      return { fault: faultOf('INPUT_NOT_BOOLEAN', { name, given, allowed: 'true or false' }) }
    case 'integer':
      return parseInteger(name, input, given)
    case 'list':
      return { value: splitItems(given, /[,\r\n]/) }
    case 'lines':
      return { value: splitItems(given, /[\r\n]/) }
    case 'json':
      return parseJson(name, given)
  }
}

function parseNothing(name: string, input: InputSpec): ParsedInput {
  // An expression is for the runner to fill in: having come out empty, it gives nothing.
  const fallback = input.kind === 'secret' || input.kind === 'json' ? undefined : input.default
  if (fallback !== undefined) return isExpression(fallback) ? required(name, input) : { value: fallback }
  if ((input.kind === 'list' || input.kind === 'lines') && !input.required) return { value: [] }
  return required(name, input)
}

function isExpression(fallback: Json): boolean {
  return typeof fallback === 'string' && fallback.startsWith('${{')
}

function required(name: string, input: InputSpec): ParsedInput {
  if (!input.required) return { value: undefined }
  return {
    fault: {
      code: 'INPUT_REQUIRED',
      severity: 'error',
      message: `The input \`${name}\` is missing.`,
      hint: `Add \`${name}:\` below the step's \`with:\`. ${input.description}`,
    },
  }
}

function parseChoice(name: string, input: InputSpec & { kind: 'choice' }, given: string): ParsedInput {
  const value =
    input.values.find((one) => one === given) ?? (Object.hasOwn(input.aliases ?? {}, given) ? input.aliases?.[given] : undefined)
  if (value !== undefined) return { value }
  return { fault: faultOf('INPUT_NOT_A_CHOICE', { name, given, allowed: `one of ${input.values.map((one) => `\`${one}\``).join(', ')}` }) }
}

function parseInteger(name: string, input: InputSpec & { kind: 'integer' }, given: string): ParsedInput {
  const value = Number(given)
  if (/^-?\d+$/.test(given) && value >= input.min && value <= input.max) return { value }
  return { fault: faultOf('INPUT_NOT_AN_INTEGER', { name, given, allowed: `a whole number from ${input.min} to ${input.max}` }) }
}

function parseJson(name: string, given: string): ParsedInput {
  try {
    return { value: JSON.parse(given) as Json }
  } catch {
    return { fault: faultOf('INPUT_NOT_JSON', { name, given, allowed: 'JSON' }) }
  }
}

function splitItems(given: string, separator: RegExp): string[] {
  return given
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function faultOf(code: string, { name, given, allowed }: { name: string; given: string; allowed: string }): Fault {
  return {
    code,
    severity: 'error',
    message: `The input \`${name}\` is ${JSON.stringify(truncate(given, MAX_SHOWN))}, but has to be ${allowed}.`,
    hint: `Correct \`${name}:\` below the step's \`with:\`.`,
  }
}
