import { canonicalJson, type Rejection } from '@switchyard/core'
import { FILE_FACTS, type FileFact } from '../model.ts'
import type { SyncFacts } from './command.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { FileFacts } from './records/parts.ts'
import type { ReleaseState } from './records/state.ts'
import { rejectArchived } from './reject.ts'

/** What the file says of the release itself beside what it said: one event with all that changed. Nothing changed is nothing to do. */
export function syncFacts(release: ReleaseState, { facts }: SyncFacts): ReleaseDecision | Rejection {
  if (release.status !== 'active') return rejectArchived(release)
  const changed = findChangedFacts(release, facts)
  return { events: changed.length === 0 ? [] : [{ type: 'release.facts-changed', data: { ...facts, changed } }], effects: [] }
}

/** Which facts differ, in the order of `FILE_FACTS`. */
function findChangedFacts(before: FileFacts, now: FileFacts): FileFact[] {
  return FILE_FACTS.filter((fact) => canonicalJson(before[fact]) !== canonicalJson(now[fact]))
}
