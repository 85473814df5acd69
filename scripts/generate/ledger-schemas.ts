import { ledgerSchemas } from '../../packages/ledger/src/schemas.ts'

/** The JSON Schemas of the ledger's records, from the parsers that read them. */
export const name = 'ledger schemas'

export async function files(): Promise<Map<string, string>> {
  return new Map([...ledgerSchemas()].map(([file, schema]) => [`schemas/ledger/${file}`, `${JSON.stringify(schema, null, 2)}\n`]))
}
