import { globSync } from 'node:fs'
import { z } from 'zod'
import { root } from '../repository.ts'
import type { Generator } from './generator.ts'
import { readModule } from './read-modules.ts'

/** What `packages/<room>/src/published-schemas.ts` exports: a parser for each file to publish, by its path under `schemas/`. */
const schemaModule = z.object({ publishedSchemas: z.record(z.string(), z.instanceof(z.ZodType)) })

/**
 * The JSON Schemas under `schemas/`, from the parsers that read those documents. They describe what may be written, so a
 * value with a default is not required.
 */
export const jsonSchemas: Generator = {
  name: 'JSON Schemas',
  owns: ['schemas'],
  async files() {
    const modules = globSync('packages/*/src/published-schemas.ts', { cwd: root }).sort()
    const all = await Promise.all(modules.map(async (file) => schemaModule.parse(await readModule(file))))
    return new Map(
      all.flatMap(({ publishedSchemas }) =>
        Object.entries(publishedSchemas).map(([name, schema]) => [`schemas/${name}.json`, renderJsonSchema(schema)] as const),
      ),
    )
  },
}

export function renderJsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'throw' }), null, 2)}\n`
}
