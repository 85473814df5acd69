import { z } from 'zod'
import { LEVELS } from '../../model.ts'
import type { ConvergeEffect } from '../command.ts'
import { effectIdRecord, targetRecord, textRefRecord } from './parts.ts'

export const effectRecord = z.object({
  id: effectIdRecord,
  kind: z.literal('converge'),
  target: targetRecord,
  plan: textRefRecord,
  applied: textRefRecord.nullable(),
  allow_mentions: z.boolean(),
  keys: z.array(z.object({ key: z.string(), parent: z.string().nullable(), level: z.enum(LEVELS) })),
}) satisfies z.ZodType<ConvergeEffect>
