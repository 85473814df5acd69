import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ledgerSchemas } from './schemas.ts'

it.each([...ledgerSchemas()])('schemas/ledger/%s is what the parser says', async (file, schema) => {
  const published: unknown = JSON.parse(await readFile(new URL(`../../../schemas/ledger/${file}`, import.meta.url), 'utf8'))
  expect(published).toEqual(schema)
})
