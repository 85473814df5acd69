import { z } from 'zod'
import * as records from './records.ts'

const DESCRIPTIONS = {
  ledger: ['ledger.json: what a ledger branch is', records.ledgerRecord],
  open: ['open.json: open intents, the index and the next number', records.openRecord],
  state: ['<2 hex>/<key>/state.json: the folded state of one subject', records.stateRecord],
  receipt: ['receipts/<2 hex>/<hash>.json: what a command left for whoever asks whether it ran', records.receiptRecord],
  event: ['A line of <2 hex>/<key>/<seq>.jsonl: one event', records.eventRecord],
  'effect-intended': ['Data of effect.intended: an effect is about to begin', records.intendedData],
  'effect-claimed': ['Data of effect.claimed: recovery took an effect over', records.claimedData],
  'effect-settled': ["Data of effect.settled: the effect's outcome is recorded", records.settledData],
} as const satisfies Record<string, readonly [string, z.ZodType]>

/** The published JSON Schema of every record, by file name: made from the parsers themselves. */
export function ledgerSchemas(): Map<string, Readonly<Record<string, unknown>>> {
  return new Map(
    Object.entries(DESCRIPTIONS).map(([name, [title, schema]]) => [`${name}.json`, { ...z.toJSONSchema(schema, { io: 'input' }), title }]),
  )
}
