import { isForPeople, isOfJob, joinSentences } from '@switchyard/core'
import type { Site } from '@switchyard/planning/render'
import type { PlanLoaded } from './door.ts'
import { toReason } from './reason-codes.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Told } from './scene.ts'

/** What a person can mend is told to the person; everything else is thrown. `loaded`: the ledger, where nothing was done to it. */
export async function orRefused(act: () => Promise<Told>, loaded: PlanLoaded, site?: Site): Promise<Told> {
  try {
    return await act()
  } catch (error) {
    if (!isForPeople(error)) throw error
    return {
      // What the credential may not do is nobody's slip: the step fails.
      decision: isOfJob(error) ? 'failed' : 'refused',
      reasonCode: toReason(error.code),
      headline: isOfJob(error) ? joinSentences(error.message, error.hint ?? '') : error.message,
      reply: renderRefusal(error, site),
      result: { code: error.code, message: error.message },
      loaded,
      isChange: false,
    }
  }
}
