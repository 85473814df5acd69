import { canonicalJson, InternalError } from '@switchyard/core'
import { z } from 'zod'
import { LEVELS } from '../model.ts'
import type { AppliedIssue } from './model.ts'

const keyRecord = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

const itemRecord = z.strictObject({
  key: keyRecord,
  parent: keyRecord.nullable(),
  level: z.enum(LEVELS),
  number: z.int().positive(),
  title: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  depends_on: z.array(keyRecord),
  has_own_id: z.boolean(),
  is_dropped: z.boolean(),
  has_left: z.literal(true).optional().describe("Closed by somebody before the plan lost it; left out: it is the plan's, or was dropped"),
  sorting: z
    .strictObject({ labels: z.array(z.string()), milestone: z.string().nullable(), assignees: z.array(z.string()) })
    .optional()
    .describe('What the plan sorted it by; left out: by nothing'),
})

/** The text that the ledger keeps of what was applied. */
export const appliedRecord = z.strictObject({ schema_version: z.literal(1), items: z.array(itemRecord) })

/** The applied issues as the ledger's text: the same issues give the same bytes. */
export function renderApplied(items: readonly AppliedIssue[]): string {
  return canonicalJson({
    schema_version: 1,
    items: items.map(({ parent, dependsOn, hasOwnId, isDropped, hasLeft, sorting, ...item }) => ({
      ...item,
      ...(hasLeft === true && { has_left: true as const }),
      ...(sorting && {
        sorting: { labels: [...sorting.labels], milestone: sorting.milestone ?? null, assignees: [...sorting.assignees] },
      }),
      parent: parent ?? null,
      depends_on: [...dependsOn],
      has_own_id: hasOwnId,
      is_dropped: isDropped,
    })),
  } satisfies z.input<typeof appliedRecord>)
}

/** @throws {InternalError} for a text that `renderApplied` did not write: the ledger's own texts are checked, never mended. */
export function parseApplied(text: string): readonly AppliedIssue[] {
  const parsed = appliedRecord.safeParse(parseJson(text))
  if (!parsed.success) throw new InternalError(`The record of applied issues cannot be read: ${z.prettifyError(parsed.error)}`)
  return parsed.data.items.map(({ parent, depends_on, has_own_id, is_dropped, has_left, sorting, ...item }) => ({
    ...item,
    ...(has_left === true && { hasLeft: true }),
    ...(sorting && { sorting: { ...sorting, milestone: sorting.milestone ?? undefined } }),
    parent: parent ?? undefined,
    dependsOn: depends_on,
    hasOwnId: has_own_id,
    isDropped: is_dropped,
  }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InternalError('The record of applied issues is no JSON', { cause: error })
  }
}
