import { globSync } from 'node:fs'
import { z } from 'zod'
import { root } from '../repository.ts'
import type { Generator } from './generator.ts'
import { readModule } from './read-modules.ts'

/**
 * What `packages/<room>/src/published-schemas.ts` exports: by its path under `schemas/`, a parser for each document to
 * publish, or the schema made from it where the room adds to it.
 */
const schemaModule = z.object({
  publishedSchemas: z.record(z.string(), z.union([z.instanceof(z.ZodType), z.record(z.string(), z.unknown())])),
})
type PublishedSchema = z.infer<typeof schemaModule>['publishedSchemas'][string]

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

export function renderJsonSchema(schema: PublishedSchema): string {
  const json = schema instanceof z.ZodType ? z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) : schema
  return `${JSON.stringify(json, null, 2)}\n`
}
