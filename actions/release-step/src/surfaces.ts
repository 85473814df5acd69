import { selectSurfaces } from '@switchyard/github'
import type { IssueSurface, Surfaces } from '@switchyard/github/operations'
import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'

/** Looks up issues that are to be drawn on. @throws {UserError} `ISSUE_NOT_FOUND` when the token sees no such repository. */
export async function readSurfaces(
  { github, given: { context } }: Door,
  numbers: readonly number[],
  { withBodies }: { readonly withBodies: boolean },
): Promise<Surfaces> {
  const { owner, name } = context.repository
  const [answer] = await github.select([selectSurfaces('surfaces', { owner, name, numbers: [...new Set(numbers)], withBodies })])
  return toSurfaces(context, answer)
}

/** What `selectSurfaces` brought. @throws {UserError} `ISSUE_NOT_FOUND` when the token sees no such repository. */
export async function toSurfaces({ repository }: Door['given']['context'], answer: unknown): Promise<Surfaces> {
  const { parseSurfaces } = await import('@switchyard/github/operations')
  const surfaces = parseSurfaces(answer)
  if (surfaces === undefined) {
    throw new UserError('ISSUE_NOT_FOUND', `The token cannot read the issues of ${repository.fullName}.`, {
      hint: 'Give the job the permission `issues: write`.',
    })
  }
  return surfaces
}

export interface Completing {
  readonly numbers: readonly number[]
  readonly known: Surfaces | undefined
  /** Issues that were just opened. */
  readonly fresh: ReadonlyMap<number, IssueSurface>
  readonly withBodies: boolean
}

/** All of these issues; asks for those only that are not known. */
export async function completeSurfaces(door: Door, { numbers, known, fresh, withBodies }: Completing): Promise<Surfaces> {
  const have = new Map([...(known?.issues ?? []), ...fresh])
  const missing = numbers.filter((number) => !have.has(number))
  if (known !== undefined && missing.length === 0) return { ...known, issues: have }
  const { repositoryId, issues, lost } = await readSurfaces(door, missing, { withBodies })
  return { repositoryId, issues: new Map([...have, ...issues]), lost }
}
