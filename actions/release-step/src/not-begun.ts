import { UserError } from '@switchyard/core'
import { rejectDraft } from '@switchyard/releasing'
import type { Door } from './door.ts'
import { type Observation, readReleaseFile } from './observe.ts'
import { toUserError } from './rejections.ts'

/** Of a release that nobody began, none of its customers is known yet. @throws {UserError} `RELEASE_NOT_FOUND`, `RELEASE_INVALID`, `NOT_ACTIVE` */
export async function refuseDraft(door: Door, observation: Pick<Observation, 'control'>, slug: string): Promise<never> {
  throw await findWhyDraft(door, observation, slug)
}

/** The same as an error that is not thrown yet: somebody may begin the release before it comes to that. */
export async function findWhyDraft(door: Door, observation: Pick<Observation, 'control'>, slug: string): Promise<UserError> {
  try {
    await readReleaseFile(door, observation, slug)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  return toUserError(rejectDraft(slug))
}
