import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { isJsonObject, type JsonObject, UserError } from '@switchyard/core'
import type { Environment } from '../command.ts'

/** `NAME=value` options as a record. @throws {UserError} for one without a name or a value. */
export function parsePairs(pairs: readonly string[], option: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at <= 0) throw new UserError('USAGE', `${option} takes NAME=value, not ${pair}`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

export interface SecretSources {
  /** Names of variables of the environment. */
  readonly names: readonly string[]
  /** A file of `NAME=value` lines. */
  readonly file: string | undefined
}

/**
 * Secrets by name. On the command line only names are taken: what stands there can be read by everybody on the machine.
 *
 * @throws {UserError} for a value on the command line, a variable that is not set, a file that cannot be read.
 */
export async function readSecrets({ names, file }: SecretSources, env: Environment): Promise<Readonly<Record<string, string>>> {
  const fromFile = file === undefined ? {} : parseEnv(await readSecretsFile(file))
  const own = names.map((name) => {
    if (name.includes('=')) {
      throw new UserError('USAGE', '--secret takes a name only: its value is read from the environment', {
        hint: 'export NAME=…, then --secret NAME',
      })
    }
    const value = env[name]
    if (value === undefined) {
      throw new UserError('SECRET_NOT_SET', `There is no variable ${name} in the environment`, {
        hint: `export ${name}=…, then run the command again.`,
      })
    }
    return [name, value] as const
  })
  return { ...Object.fromEntries(Object.entries(fromFile).map(([name, value]) => [name, value ?? ''])), ...Object.fromEntries(own) }
}

function readSecretsFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('FILE_NOT_READ', `${file} cannot be read`, { hint: 'Name a file of NAME=value lines.', cause })
  })
}

/** The one JSON object of a file. @throws {UserError} for a file that cannot be read or holds anything else. */
export async function readPayload(file: string): Promise<JsonObject> {
  const hint = 'Name a file with one JSON object.'
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('FILE_NOT_READ', `${file} cannot be read`, { hint, cause })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UserError('FILE_NOT_JSON', `${file}: ${cause instanceof Error ? cause.message : 'not JSON'}`, { hint, cause })
  }
  if (isJsonObject(value)) return value
  throw new UserError('FILE_NOT_JSON', `${file} holds no JSON object`, { hint })
}
