import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ActionSpec } from '@switchyard/action'
import { z } from 'zod'
import { readActionNames, root } from '../repository.ts'

export interface NamedSpec {
  /** Name of the action's folder. */
  readonly folder: string
  readonly spec: ActionSpec
}

/**
 * The registries of all actions: what `actions/<name>/src/inputs.ts` exports as `spec`.
 *
 * @throws Error if an action exports none.
 */
export function readSpecs(): Promise<readonly NamedSpec[]> {
  return Promise.all(readActionNames().map(async (folder) => ({ folder, spec: await readSpec(folder) })))
}

const specModule = z.object({
  spec: z.custom<ActionSpec>((value) => typeof value === 'object' && value !== null && 'inputs' in value && 'reasonCodes' in value),
})

async function readSpec(folder: string): Promise<ActionSpec> {
  const file = `actions/${folder}/src/inputs.ts`
  const parsed = specModule.safeParse(await readModule(file))
  if (!parsed.success) throw new Error(`${file} exports no \`spec\`: define the action's registry there with defineAction`)
  return parsed.data.spec
}

/** What a module of the repository exports. */
export async function readModule(file: string): Promise<unknown> {
  return import(pathToFileURL(join(root, file)).href)
}
