import { z } from 'zod'
import type { ConvergeEffect } from '../command.ts'
import { effectIdRecord, keyRecord, targetRecord, textRefRecord, unlistedRecord, writerRecord } from './parts.ts'

export const effectRecord = z.object({
  id: effectIdRecord,
  kind: z.literal('converge'),
  target: targetRecord,
  plan: textRefRecord,
  applied: textRefRecord.nullable(),
  allow_mentions: z.boolean(),
  keys: z.array(keyRecord),
  writer: writerRecord.nullable(),
  unlisted: unlistedRecord.nullable(),
  is_handed_over: z.boolean(),
}) satisfies z.ZodType<ConvergeEffect>
