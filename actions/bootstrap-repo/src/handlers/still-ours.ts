import type { BootstrapAnswer, MadeRepository } from '@switchyard/bootstrapping'
import { splitFullName } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'

/** Said of a repository that was made, and whose name leads elsewhere now. */
export const GONE = {
  kind: 'failed',
  error: { code: 'REPOSITORY_CHANGED', message: 'The repository that was made is not there any more, or another one has its name.' },
} as const satisfies BootstrapAnswer

/** Whether the name still means what was made: somebody else's repository of the same name is never touched. */
export async function isStillOurs(github: GitHub, { id, full_name }: MadeRepository): Promise<boolean> {
  const { readRepositoryByName } = await import('@switchyard/github/operations')
  const found = await readRepositoryByName(github, splitFullName(full_name))
  return found?.id === id
}
