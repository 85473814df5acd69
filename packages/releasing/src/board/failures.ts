import { inlineCode, renderLink, renderNumber } from '@switchyard/core'
import type { FailedRun } from '../release/views/marks.ts'
import type { CountedCustomer } from './rows.ts'
import { FAILED } from './signs.ts'

const MAX_URL = 200

/** `❌ exit code 3`, or `❌ cut off`, one click away from the run's log. */
export function renderFailed({ exit_code: code, url }: FailedRun, { isLinked }: { readonly isLinked: boolean }): string {
  const told = code === null ? 'cut off' : `exit code ${code}`
  return `${FAILED} ${isLinked && url.length <= MAX_URL ? renderLink(told, url) : told}`
}

/** Goes on a line of counts: ` · ❌ 2 failed`; empty where nothing failed. */
export function renderFailedCount(customers: readonly Pick<CountedCustomer, 'failed'>[]): string {
  const count = customers.reduce((sum, { failed }) => sum + failed.size, 0)
  return count === 0 ? '' : ` · ${FAILED} ${renderNumber(count)} failed`
}

const MAX_NAMED = 5

/** What to look at before anything else, on one line of at most 5 steps; empty where nothing failed. */
export function renderFirstLook(customers: readonly Pick<CountedCustomer, 'address' | 'failed'>[]): string {
  const all = customers.flatMap(({ address, failed }) => [...failed].map(([step, run]) => ({ address, step, run })))
  if (all.length === 0) return ''
  const named = all.slice(0, MAX_NAMED).map(({ address, step, run }) => {
    return `${renderFailed(run, { isLinked: true })} in ${inlineCode(step)} of ${inlineCode(address)}`
  })
  const more = all.length > MAX_NAMED ? [`and ${renderNumber(all.length - MAX_NAMED)} more`] : []
  return `**Look at first:** ${[...named, ...more].join(' · ')}`
}
