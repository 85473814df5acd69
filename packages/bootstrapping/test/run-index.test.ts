import { canonicalJson, type Recorded } from '@switchyard/core'
import { expect, it } from 'vitest'
import type { BootstrapEvent, BootstrapIndex, BootstrapState } from '../src/index.ts'
import { MAX_TAGS, MAX_UPDATES } from '../src/run/limits.ts'
import { bootstrapDecider } from '../src/run/records/index.ts'
import { planOf } from './run-stage.ts'

const { evolve, index, initial, parse } = bootstrapDecider

function recorded(event: BootstrapEvent, seq: number): Recorded<BootstrapEvent> {
  const run = { repository: 'acme/control', run_id: 1, run_attempt: 1, job: 'bootstrap', url: 'https://github.example/run/1' }
  return {
    ...event,
    id: String(seq),
    seq,
    subject: 'acme/shop',
    at: seq,
    actor: { login: 'maintainer', kind: 'user' },
    correlation_id: 'c',
    run,
  }
}

/** Names that do not come in the order of the alphabet. */
const nameOf = (count: number): string => String((count * 7_919) % 10_007).padStart(5, '0')

/** As between two transactions, where keys come back sorted. */
const stateFromBranch = (state: BootstrapState): BootstrapState => parse.state(JSON.parse(canonicalJson(state)))
const indexFromBranch = (found: BootstrapIndex): BootstrapIndex => parse.index(JSON.parse(canonicalJson(found)))

it('which tags are forgotten does not depend on whether the index was read back between two runs', () => {
  const events = Array.from({ length: MAX_TAGS + 5 }, (_, seq) => {
    return recorded({ type: 'bootstrap.requested', data: planOf('1'.repeat(16), { template_version: `v${nameOf(seq)}` }) }, seq)
  })
  const full = events.slice(0, MAX_TAGS).reduce(index.evolve, index.initial)
  const rebuilt = events.slice(MAX_TAGS).reduce(index.evolve, full)
  const grown = events.slice(MAX_TAGS).reduce((found, event) => index.evolve(indexFromBranch(found), event), full)
  expect(canonicalJson(grown)).toBe(canonicalJson(rebuilt))
  expect(Object.keys(rebuilt.tags)).toHaveLength(MAX_TAGS)
  expect(rebuilt.tags).toHaveProperty([`acme/template@v${nameOf(MAX_TAGS + 4)}`])
})

it('which updates are forgotten does not depend on it either, though none of them was opened', () => {
  const events = Array.from({ length: MAX_UPDATES + 5 }, (_, seq) => {
    const data = { update_id: `u${nameOf(seq)}`, repository: 'acme/shop', repository_id: 42, branch: 'b', effect_id: `e${seq}` }
    return recorded({ type: 'bootstrap.update-requested', data }, seq)
  })
  const rebuilt = events.reduce(evolve, initial)
  const grown = events.reduce((state, event) => evolve(stateFromBranch(state), event), initial)
  expect(canonicalJson(grown)).toBe(canonicalJson(rebuilt))
  expect(Object.keys(rebuilt.updates)).toHaveLength(MAX_UPDATES)
})
