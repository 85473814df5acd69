import { type Finding, textsAt, valuesAt } from '@switchyard/core/config'
import { noExpression } from './no-expression.ts'
import { findTemplateFaults } from './expressions.ts'
import { CORRELATION_INPUT, MAX_INPUTS_LENGTH } from './limits.ts'

export function checkInputNames(value: unknown): readonly Finding[] {
  return valuesAt(value, 'outbound.*.targets.*.inputs.*').flatMap(({ path }): readonly Finding[] => {
    const name = String(path.at(-1))
    if (name.includes('${{')) return [{ ...noExpression(path, 'An input’s name'), atKey: true }]
    if (name.toLowerCase() !== CORRELATION_INPUT) return []
    const message = `\`${name}\` is filled in by Switchyard.`
    return [{ path, code: 'reserved-input', message, hint: 'Delete it here; the target’s workflow only declares it.', atKey: true }]
  })
}

export function checkInputValues(value: unknown): readonly Finding[] {
  return textsAt(value, 'outbound.*.targets.*.inputs.*').flatMap(({ path, text }) =>
    findTemplateFaults(text).map((fault) => ({ ...fault, path, code: 'bad-expression' })),
  )
}

export function checkInputSize(value: unknown): readonly Finding[] {
  return valuesAt(value, 'outbound.*.targets.*.inputs').flatMap(({ path, value: inputs }): readonly Finding[] => {
    const length = [...JSON.stringify(inputs ?? null)].length
    if (length <= MAX_INPUTS_LENGTH) return []
    const message = `These inputs are ${length} characters as JSON; GitHub takes ${MAX_INPUTS_LENGTH}.`
    return [{ path, code: 'inputs-too-large', message, hint: 'Pass a path or a commit instead of the text itself.', atKey: true }]
  })
}
