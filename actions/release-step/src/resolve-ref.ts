import { renderPlace, UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import { type Observation, pathOf } from './observe.ts'

/**
 * The commit that a release is of, as its file says; the default branch's head where it says nothing.
 *
 * @throws {UserError} `REF_NOT_FOUND` at its place
 */
export async function resolveRef(door: Door, { control }: Pick<Observation, 'control'>, slug: string): Promise<string> {
  const { repository } = door.given.context
  const file = pathOf(door, slug)
  const { findRef } = await import('@switchyard/releasing/files')
  const found = findRef(control.files.get(file) ?? '', file)
  if (found === undefined) return control.head ?? ''
  const { ref, place } = found
  const { resolveCommit } = await import('@switchyard/github/operations')
  const commit = await resolveCommit(door.github, repository, ref)
  if (commit !== undefined) return commit
  throw new UserError('REF_NOT_FOUND', `${renderPlace(place)}: ${repository.fullName} has no branch, tag or commit “${ref}”.`, {
    place,
    hint: 'Push it first, or name another as `ref`. Without one the release is of the default branch’s head.',
  })
}
