import type { Visibility } from '../facts.ts'
import { workflowFile } from '../names.ts'
import type { SourceRecord, TargetRecord } from '../records/parts.ts'

const SEEN_BY: Readonly<Record<Visibility, number>> = { private: 0, internal: 1, public: 2 }

/** Whether a place is read by people who cannot see the repository. A target of unknown visibility was not found: its source's file names it. */
export function isHidden(target: Pick<SourceRecord | TargetRecord, 'visibility'>, place: Visibility): boolean {
  return target.visibility !== null && SEEN_BY[place] > SEEN_BY[target.visibility]
}

/** A target's name as it may be told in a place: to people who cannot see it, its id. */
export function targetName(target: TargetRecord, place: Visibility): string {
  return isHidden(target, place) ? `repository ${target.repository_id ?? '?'}` : target.repository
}

/** The same for a source. */
export function sourceName(source: SourceRecord, place: Visibility): string {
  return isHidden(source, place) ? `repository ${source.repository_id}` : source.repository
}

export function workflowName(target: TargetRecord, place: Visibility): string | undefined {
  return isHidden(target, place) ? undefined : workflowFile(target.workflow)
}
