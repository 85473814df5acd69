import { GitHubError, JOB_MS, type RunRef } from '@switchyard/core'
import { addressOf, customerSubject, releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { openStepsOf } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import type { Picture } from './picture.ts'
import { transact } from './transact.ts'

/**
 * Runs of steps that began and are over without a word of what came of them: from here on the board names them. Asks of GitHub once
 * for each that is open, and nothing where none is. Returns whether there were any.
 */
export async function loseRuns(door: Door, { release, matrix }: Picture): Promise<boolean> {
  const open = openStepsOf(matrix)
  const over = await Promise.all(open.map(async (one) => ((await isOver(door, one.run)) ? [one] : [])))
  const groups = over.flat().flatMap(({ address, step, run }) => {
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

/** Where GitHub does not tell, a job has at least come to its limit. */
async function isOver({ github }: Door, { at, ...run }: RunRef & { readonly at: number }): Promise<boolean> {
  const { isAttemptOver } = await import('@switchyard/github/operations')
  const isAged = at <= github.serverNow() - JOB_MS
  try {
    return (await isAttemptOver(github, run)) ?? isAged
  } catch (error) {
    if (error instanceof GitHubError && error.status !== undefined && error.status < 500) return isAged
    throw error
  }
}

function findCustomer({ customers }: ReleaseState, address: string): ReleaseState['customers'][number] | undefined {
  return customers.find((customer) => addressOf(customer) === address)
}
