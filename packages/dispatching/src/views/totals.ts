import type { View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { endingOf, isEnding, memberOf, numberOf, reasonOf } from './entry.ts'
import { monthOf } from './month.ts'

/** How many dispatches ended how, and refusals for which reason, by month. */
export const totalsView: View<DispatchEvent> = {
  name: 'totals',
  document: (at) => `totals/${monthOf(at)}`,
  initial: { outcomes: {}, reasons: {} },
  evolve(document, event) {
    if (!isEnding(event)) return { document }
    const outcomes = memberOf(document, 'outcomes')
    const reasons = memberOf(document, 'reasons')
    const ending = endingOf(event)
    const reason = reasonOf(event)
    return {
      document: {
        outcomes: { ...outcomes, [ending]: numberOf(outcomes[ending]) + 1 },
        reasons: reason === null ? reasons : { ...reasons, [reason]: numberOf(reasons[reason]) + 1 },
      },
    }
  },
}
