import { type Fault, UserError } from '@switchyard/core'
import type { Inputs, Secrets } from './input-types.ts'
import { type InputValue, parseInput } from './parse-input.ts'
import type { ActionSpec } from './spec.ts'

/** The text that was given for an input; empty when there is none. */
export type GetInput = (name: string) => string

/** The texts of all secret inputs, to be masked before anything else is done. */
export function findSecrets(spec: ActionSpec, getInput: GetInput): string[] {
  return Object.entries(spec.inputs)
    .filter(([, input]) => input.kind === 'secret')
    .map(([name]) => getInput(name))
    .filter((text) => text.trim() !== '')
}

/**
 * Every input once, typed by the registry, the secrets apart.
 *
 * @throws {UserError} `INVALID_INPUT` with all that is wrong, each fault with the input's name, what was given (never of a
 * secret) and what is allowed.
 */
export function readInputs<Spec extends ActionSpec>(spec: Spec, getInput: GetInput): { inputs: Inputs<Spec>; secrets: Secrets<Spec> }
export function readInputs(spec: ActionSpec, getInput: GetInput): { inputs: object; secrets: object } {
  const faults: Fault[] = []
  const inputs: Record<string, InputValue> = {}
  const secrets: Record<string, InputValue> = {}
  for (const [name, input] of Object.entries(spec.inputs)) {
    const parsed = parseInput(name, input, getInput(name))
    if ('fault' in parsed) faults.push(parsed.fault)
    else (input.kind === 'secret' ? secrets : inputs)[toCamelCase(name)] = parsed.value
  }
  if (faults.length > 0) throw new UserError('INVALID_INPUT', renderHeadline(spec, faults), { faults })
  return { inputs: Object.freeze(inputs), secrets: Object.freeze(secrets) }
}

function renderHeadline(spec: ActionSpec, faults: readonly Fault[]): string {
  return faults.length === 1 ? `One input of ${spec.name} is wrong.` : `${faults.length} inputs of ${spec.name} are wrong.`
}

function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
