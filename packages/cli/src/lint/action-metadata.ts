import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** What callers of an action have to know of it. */
export interface ActionMetadata {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<Record<string, ActionInput>>
}

export interface ActionInput {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
  readonly deprecationMessage?: string
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional()
const text = scalar.transform((value) => String(value ?? ''))

const inputSchema = z
  .looseObject({ description: text, required: z.boolean().optional(), default: scalar, deprecationMessage: z.string().optional() })
  .nullable()

const metadataSchema = z.looseObject({ name: text, description: text, inputs: z.record(z.string(), inputSchema).nullish() })

/** Switchyard's own actions, when this is a clone of its repository. */
const ownActions = join(import.meta.dirname, '../../../../actions')

/** The metadata of an action in a folder; undefined when there is none, or none that can be read: linting the file itself says why. */
export async function findActionMetadata(folder: string): Promise<ActionMetadata | undefined> {
  for (const name of ['action.yml', 'action.yaml']) {
    const source = await readFile(join(folder, name), 'utf8').catch(() => undefined)
    if (source !== undefined) return parseActionMetadata(source)
  }
  return undefined
}

/** The metadata of an action of Switchyard's, by its path in the repository; `unknown` where this is no clone of it. */
export async function findOwnMetadata(path: string): Promise<ActionMetadata | undefined | 'unknown'> {
  if (!existsSync(ownActions)) return 'unknown'
  const folder = join(ownActions, '..', path)
  return isInside(ownActions, folder) ? findActionMetadata(folder) : undefined
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

export function parseActionMetadata(source: string): ActionMetadata | undefined {
  const parsed = metadataSchema.safeParse(readYaml(source))
  if (!parsed.success) return undefined
  const { name, description, inputs } = parsed.data
  return { name, description, inputs: Object.fromEntries(Object.entries(inputs ?? {}).map(([key, input]) => [key, toInput(input)])) }
}

function toInput(input: z.infer<typeof inputSchema>): ActionInput {
  if (input === null) return { description: '' }
  const { description, required, default: value, deprecationMessage } = input
  return {
    description,
    ...(required === undefined ? {} : { required }),
    ...(value === undefined || value === null ? {} : { default: String(value) }),
    ...(deprecationMessage === undefined ? {} : { deprecationMessage }),
  }
}

function readYaml(source: string): unknown {
  try {
    return parse(source)
  } catch {
    return undefined
  }
}
