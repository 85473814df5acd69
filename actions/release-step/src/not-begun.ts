import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import { type Observation, pathOf } from './observe.ts'

/** Why a release that the ledger does not know cannot be worked off: its file says whether it is a draft, or none at all. */
export function notBegun(door: Door, { control }: Pick<Observation, 'control'>, slug: string): UserError {
  const path = pathOf(door, slug)
  if (control.files.has(path) || control.unreadable.has(path)) {
    return new UserError('NOT_ACTIVE', `The release ${slug} is a draft.`, { hint: `Begin it with /release activate ${slug}.` })
  }
  return new UserError('RELEASE_NOT_FOUND', `There is no release ${slug}: ${path} is not in the default branch.`, {
    hint: 'Check the slug, or merge its file first.',
  })
}
