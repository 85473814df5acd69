import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import { parse } from 'yaml'
import { z } from 'zod'

/** One input as `action.yml` declares it; the default may hold expressions. */
export interface DeclaredInput {
  readonly default: string
  readonly deprecationMessage: string | undefined
}

/** What the runner needs to know of a JavaScript action. */
export interface ActionManifest {
  readonly name: string
  /** By name, in the order of the file. */
  readonly inputs: ReadonlyMap<string, DeclaredInput>
  readonly main: string
  readonly pre: string | undefined
  readonly post: string | undefined
  readonly preCondition: string
  readonly postCondition: string
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? ''))

const manifestSchema = z.looseObject({
  name: scalar.default(''),
  inputs: z.record(z.string(), z.looseObject({ default: scalar.optional(), deprecationMessage: z.string().optional() }).nullable()).default({}),
  runs: z.looseObject({
    // The runner has no newer Node, and runs what asks for an older one on this one too.
    using: z.enum(['node24', 'node20']),
    main: z.string().min(1),
    pre: z.string().optional(),
    post: z.string().optional(),
    'pre-if': scalar.default('always()'),
    'post-if': scalar.default('always()'),
  }),
})

/**
 * Reads an action's `action.yml` (or `action.yaml`).
 *
 * @throws UserError if there is none, or if it does not describe a JavaScript action.
 */
export async function readActionManifest(folder: string): Promise<ActionManifest> {
  for (const file of ['action.yml', 'action.yaml']) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined)
    if (text !== undefined) return parseActionManifest(text, file)
  }
  throw new UserError('ACTION_NOT_FOUND', `There is no action.yml in ${folder}`, { hint: 'Name the folder that holds the action.' })
}

/** @throws UserError if the text does not describe a JavaScript action. */
export function parseActionManifest(text: string, file: string): ActionManifest {
  const parsed = manifestSchema.safeParse(parse(text))
  if (!parsed.success) {
    const message = `${file} does not describe a JavaScript action:\n${z.prettifyError(parsed.error)}`
    throw new UserError('ACTION_INVALID', message, { hint: 'See GitHub\'s metadata syntax for actions.', cause: parsed.error })
  }
  const { name, inputs, runs } = parsed.data
  return {
    name,
    inputs: new Map(
      Object.entries(inputs).map(([key, input]) => [key, { default: input?.default ?? '', deprecationMessage: input?.deprecationMessage }]),
    ),
    main: runs.main,
    pre: runs.pre,
    post: runs.post,
    preCondition: runs['pre-if'],
    postCondition: runs['post-if'],
  }
}
