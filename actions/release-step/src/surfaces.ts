import { selectSurfaces } from '@switchyard/github'
import type { Surfaces } from '@switchyard/github/operations'
import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'

/** Looks up issues that are to be drawn on. @throws {UserError} `ISSUE_NOT_FOUND` when the token sees no such repository. */
export async function readSurfaces({ github, given: { context } }: Door, numbers: readonly number[], { withBodies }: { readonly withBodies: boolean }): Promise<Surfaces> {
  const { owner, name, fullName } = context.repository
  const [answer] = await github.select([selectSurfaces('surfaces', { owner, name, numbers: [...new Set(numbers)], withBodies })])
  const { parseSurfaces } = await import('@switchyard/github/operations')
  const surfaces = parseSurfaces(answer)
  if (surfaces === undefined) throw new UserError('ISSUE_NOT_FOUND', `The token cannot read the issues of ${fullName}.`, { hint: 'Give the job the permission `issues: write`.' })
  return surfaces
}
