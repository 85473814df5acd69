import { UserError } from '@switchyard/core'
import { evaluateTemplate } from '../expressions/evaluate.ts'
import { toText, toTexts } from '../job/scope.ts'
import type { CallInput, CallInterface, CallJob } from '../workflow/model.ts'
import { entriesOf } from '../workflow/template.ts'
import { secretsOf } from './contexts.ts'
import type { Instance } from './instance.ts'

export interface CallGiven {
  readonly inputs: Readonly<Record<string, unknown>>
  /** Undefined: every secret of the repository. */
  readonly secrets: Readonly<Record<string, string>> | undefined
}

export interface CallWanted {
  readonly job: CallJob
  readonly call: CallInterface | undefined
  /** `secrets.GITHUB_TOKEN` of the job that calls. */
  readonly token: string
}

/**
 * What a job gives the workflow that it calls.
 *
 * @throws UserError for an input or secret that is unknown, missing or of another type.
 */
export function readCall(instance: Instance, { job, call, token }: CallWanted): CallGiven {
  const declared: CallInterface = call ?? { inputs: new Map(), secrets: new Map(), outputs: new Map() }
  return { inputs: readInputs(instance, job, declared), secrets: readSecrets(instance, { job, token }, declared) }
}

function readInputs({ contexts }: Instance, job: CallJob, { inputs }: CallInterface): CallGiven['inputs'] {
  const given = new Map(entriesOf(job.with).map(({ key, value }) => [key, evaluateTemplate(value, { contexts })]))
  for (const name of given.keys()) {
    if (!inputs.has(name)) throw refuse(job, `Invalid input, ${name} is not defined in the referenced workflow.`)
  }
  return Object.fromEntries(
    [...inputs].map(([name, input]) => {
      const value = given.get(name)
      if (value === undefined && input.required) throw refuse(job, `Input ${name} is required, but not provided while calling.`)
      return [name, toType(job, { name, input, value: value ?? defaultOf(input, contexts) })]
    }),
  )
}

function defaultOf({ default: fallback, type }: CallInput, contexts: Instance['contexts']): unknown {
  if (fallback !== undefined) return evaluateTemplate(fallback, { contexts })
  return type === 'boolean' ? false : type === 'number' ? 0 : ''
}

function toType(
  job: CallJob,
  { name, input, value }: { readonly name: string; readonly input: CallInput; readonly value: unknown },
): unknown {
  const isRight = input.type === 'string' ? typeof value !== 'object' : typeof value === input.type
  if (!isRight) throw refuse(job, `Input ${name} must be a ${input.type}, and is ${JSON.stringify(value)}.`)
  return input.type === 'string' ? toText(value) : value
}

function readSecrets(
  instance: Instance,
  { job, token }: Omit<CallWanted, 'call'>,
  { secrets: declared }: CallInterface,
): CallGiven['secrets'] {
  const own = { ...secretsOf(instance.scope, undefined), GITHUB_TOKEN: token }
  if (job.secrets === 'inherit') return instance.scope.secrets
  const contexts = { ...instance.contexts, secrets: own }
  const given = toTexts(job.secrets === undefined ? {} : evaluateTemplate(job.secrets, { contexts }))
  for (const name of Object.keys(given)) {
    if (!declared.has(name)) throw refuse(job, `Invalid secret, ${name} is not defined in the referenced workflow.`)
  }
  for (const [name, { required }] of declared) {
    if (required && (given[name] ?? '') === '') throw refuse(job, `Secret ${name} is required, but not provided while calling.`)
  }
  return given
}

const refuse = (job: CallJob, message: string): UserError => new UserError('CALL_INVALID', `${job.uses}: ${message}`)
