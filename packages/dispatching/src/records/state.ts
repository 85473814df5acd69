import { z } from 'zod'
import { reasonRecord, targetRecord } from './parts.ts'

export const targetStateRecord = z.object({
  target: targetRecord,
  status: z.enum(['requested', 'started', 'skipped', 'denied', 'failed', 'unclear']),
  reason: reasonRecord.nullable(),
  /** How often a dispatch was asked for: effect ids are made of it. */
  tries: z.int().nonnegative(),
  run_id: z.int().positive().nullable(),
  url: z.string().nullable(),
  /** Of what was sent with it; null where nothing was. */
  inputs_hash: z.string().nullable(),
})

export const stateRecord = z.object({
  targets: z.record(z.string(), targetStateRecord),
  /** How often each issue was written to, which effect ids are made of, and whether an answer is awaited. */
  issues: z.record(z.string(), z.object({ asked: z.int().nonnegative(), pending: z.boolean() })),
})

/** An issue's number and whether it is open. Number 0: somebody is opening it now. */
export const indexRecord = z.object({
  issues: z.record(z.string(), z.tuple([z.int().nonnegative(), z.union([z.literal(0), z.literal(1)])])),
})

export type DispatchState = z.infer<typeof stateRecord>
export type TargetState = z.infer<typeof targetStateRecord>
export type DispatchIndex = z.infer<typeof indexRecord>
