import { GitHubError, JOB_MS } from '@switchyard/core'
import { addressOf, customerSubject, releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { openStepsOf } from '@switchyard/releasing/render'
import { askAttempts, type Attempt } from './ask-attempts.ts'
import type { Door } from './door.ts'
import type { Picture } from './picture.ts'
import { transact } from './transact.ts'

/**
 * Runs of steps that began and are over without a word of what came of them: from here on the board names them. Asks of GitHub once
 * for each run that is open, whatever began in it, and nothing where none is. Returns whether there were any.
 */
export async function loseRuns(door: Door, { release, matrix }: Picture): Promise<boolean> {
  const open = openStepsOf(matrix)
  const findOver = await askAttempts(
    open.map(({ run }) => run),
    (attempt) => findIsOver(door, attempt),
  )
  // Where GitHub does not tell, a job has at least come to its limit.
  const over = open.filter(({ run }) => findOver(run) ?? run.at <= door.github.serverNow() - JOB_MS)
  const groups = over.flatMap(({ address, step, run }) => {
    const customer = findCustomer(release, address)
    if (customer === undefined) return []
    const { repository, run_id, run_attempt } = run
    return {
      requests: [
        {
          subject: customerSubject(release.slug, customer),
          reads: [releaseSubject(release.slug)],
          idempotencyKey: `lost ${repository} ${run_id} ${run_attempt} ${release.slug} ${address} ${step}`,
          command: { kind: 'lose-run' as const, step, run_id, run_attempt },
        },
      ],
    }
  })
  if (groups.length > 0) await transact(door, groups, { loaded: undefined, documents: [] })
  return groups.length > 0
}

/** undefined: GitHub does not tell this token. */
async function findIsOver({ github }: Door, attempt: Attempt): Promise<boolean | undefined> {
  const { isAttemptOver } = await import('@switchyard/github/operations')
  try {
    return await isAttemptOver(github, attempt)
  } catch (error) {
    if (error instanceof GitHubError && error.status !== undefined && error.status < 500) return undefined
    throw error
  }
}

function findCustomer({ customers }: ReleaseState, address: string): ReleaseState['customers'][number] | undefined {
  return customers.find((customer) => addressOf(customer) === address)
}
