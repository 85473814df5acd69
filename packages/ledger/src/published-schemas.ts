import type { z } from 'zod'
import * as records from './records.ts'

/** The records as others may read them, by their path under `schemas/`. */
export const publishedSchemas = {
  'ledger/ledger': records.ledgerRecord.meta({ title: 'ledger.json: what a ledger branch is' }),
  'ledger/open': records.openRecord.meta({ title: 'open.json: open intents, the index and the next number' }),
  'ledger/state': records.stateRecord.meta({ title: '<2 hex>/<key>/state.json: the folded state of one subject' }),
  'ledger/receipt': records.receiptRecord.meta({
    title: 'receipts/<2 hex>/<hash>.json: what a command left for whoever asks whether it ran',
  }),
  'ledger/event': records.eventRecord.meta({ title: 'A line of <2 hex>/<key>/<seq>.jsonl: one event' }),
  'ledger/effect-intended': records.intendedData.meta({ title: 'Data of effect.intended: an effect is about to begin' }),
  'ledger/effect-claimed': records.claimedData.meta({ title: 'Data of effect.claimed: recovery took an effect over' }),
  'ledger/effect-settled': records.settledData.meta({ title: "Data of effect.settled: the effect's outcome is recorded" }),
} as const satisfies Record<string, z.ZodType>
