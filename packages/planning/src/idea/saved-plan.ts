import { sha256, toTextRef } from '@switchyard/core'
import type { WrittenPlan } from './command.ts'
import { normalizePlanText } from './plan-text.ts'
import type { SavedPlan } from './records/parts.ts'

/** A plan as it is kept, and the text that its record names. */
export function savePlan({ text, title, stories, tasks, source }: WrittenPlan): { readonly plan: SavedPlan; readonly text: string } {
  const kept = normalizePlanText(text)
  return { plan: { text: toTextRef(kept), sha256: sha256(kept), title, stories, tasks, source }, text: kept }
}
