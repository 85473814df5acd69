import type { Status } from '../expressions/evaluate.ts'

/** How a job ended, as `needs.<job>.result` tells it. */
export type JobResult = 'success' | 'failure' | 'cancelled' | 'skipped'

/** Job ids to the ids of what they need. */
export type Needs = ReadonlyMap<string, readonly string[]>

/** Jobs whose turn has come: not begun, and everything they need has ended. In the order of the file. */
export function findReady(
  needs: Needs,
  { begun, results }: { readonly begun: ReadonlySet<string>; readonly results: ReadonlyMap<string, JobResult> },
): readonly string[] {
  return [...needs].filter(([id, needed]) => !begun.has(id) && needed.every((other) => results.has(other))).map(([id]) => id)
}

/**
 * What the status functions say in a job's `if`: they look at every job before it, not only at those it names, so that a job
 * behind a skipped one is skipped too. Source: docs.github.com, "Expressions", status check functions; actions/runner#491.
 */
export function statusBefore(
  id: string,
  needs: Needs,
  { results, cancelled }: { readonly results: ReadonlyMap<string, JobResult>; readonly cancelled: boolean },
): Status {
  const before = [...ancestorsOf(id, needs)].map((other) => results.get(other))
  return {
    success: !cancelled && before.every((result) => result === 'success'),
    failure: before.includes('failure'),
    cancelled,
  }
}

function ancestorsOf(id: string, needs: Needs): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...(needs.get(id) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    open.push(...(needs.get(next) ?? []))
  }
  return found
}

/** The result of jobs taken together: of a matrix's, of a called workflow's, of a run's. */
export function addUpResults(results: readonly JobResult[]): JobResult {
  if (results.includes('failure')) return 'failure'
  if (results.includes('cancelled')) return 'cancelled'
  return results.length > 0 && results.every((result) => result === 'skipped') ? 'skipped' : 'success'
}
