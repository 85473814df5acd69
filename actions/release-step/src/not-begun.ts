import { rejectDraft } from '@switchyard/releasing'
import type { Door } from './door.ts'
import { type Observation, readReleaseFile } from './observe.ts'
import { toUserError } from './rejections.ts'

/** Of a release that nobody began, none of its customers is known yet. @throws {UserError} `RELEASE_NOT_FOUND`, `RELEASE_INVALID`, `NOT_ACTIVE` */
export async function refuseDraft(door: Door, observation: Pick<Observation, 'control'>, slug: string): Promise<never> {
  await readReleaseFile(door, observation, slug)
  throw toUserError(rejectDraft(slug))
}
