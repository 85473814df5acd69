// The rim of the ledger: loads zod.
export * from './records/index.ts'
