import type { View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { startedDocument } from '../subject.ts'

/** One document for each started run, by which its own completion finds the chain it belongs to. */
export const startedView: View<DispatchEvent> = {
  name: 'started',
  document: () => undefined,
  initial: null,
  evolve(document, event) {
    if (event.type !== 'dispatch.started' || event.data.run_id === null) return { document }
    const { chain, target, run_id } = event.data
    return { document, pages: { [startedDocument(target.repository_id, run_id)]: { subject: event.subject, ...chain } } }
  },
}
