import { canonicalJson } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import type { DispatchEvent } from '../src/index.ts'
import { foldViews, recordedEvent } from './ledger-model.ts'

const source = {
  repository_id: 1,
  repository: 'acme/shop',
  visibility: 'private',
  workflow: 'ci.yml',
  run_id: 9,
  run_attempt: 1,
  url: 'https://x.example/9',
} as const
const targetOf = (id: number) =>
  ({ repository_id: id, repository: `acme/app-${id}`, visibility: 'private', workflow: 'cd.yml', ref: 'main' }) as const
const chain = { correlation_id: 'c'.repeat(16), depth: 1, ancestors: [{ repository_id: 1, workflow: 'ci.yml' }] }
const MARCH = Date.UTC(2026, 2, 31, 23, 59)

function started(id: number, run_id: number): DispatchEvent {
  return { type: 'dispatch.started', data: { key: 'k', source, target: targetOf(id), effect_id: 'k.1', chain, run_id, url: null } }
}
function denied(id: number): DispatchEvent {
  return { type: 'dispatch.denied', data: { key: 'k', source, target: targetOf(id), reason: 'not-allowed', effect_id: null } }
}
const record = (events: DispatchEvent[], at = MARCH) =>
  events.map((event, index) => recordedEvent(event, { subject: 'repo-1~run-9', seq: index + 1, at: at + index }))

describe('views', () => {
  it('count by month and keep the chain of each started run', () => {
    const views = foldViews(record([started(2, 77), denied(3), denied(3)]))
    expect(views['totals/2026-03']).toEqual({ outcomes: { dispatched: 1, denied: 2 }, reasons: { 'not-allowed': 2 } })
    const page = Object.entries(views).find(([name]) => name.startsWith('started/'))
    expect(page?.[0]).toMatch(/^started\/[0-9a-f]{2}\/repo-2~run-77$/)
    expect(page?.[1]).toEqual({ subject: 'repo-1~run-9', ...chain })
  })

  it('begin anew with the month', () => {
    const views = foldViews([...record([denied(2)]), ...record([denied(2)], MARCH + 60_000)])
    expect(Object.keys(views).sort()).toEqual(['log/2026-03', 'log/2026-04', 'targets', 'totals/2026-03', 'totals/2026-04'])
  })

  it('close a full page of the log and go on', () => {
    const views = foldViews(record(Array.from({ length: 450 }, () => denied(2))))
    const pages = ['log/2026-03/1', 'log/2026-03/2', 'log/2026-03'].map((name) => views[name] as { entries: { seq: number }[] })
    expect(pages.flatMap(({ entries }) => entries.map(({ seq }) => seq))).toEqual(Array.from({ length: 450 }, (_, at) => at + 1))
    for (const page of pages) expect(canonicalJson(page as never).length).toBeLessThan(100_000)
  })

  it('move the targets that were quiet longest to pages: no document grows past 100 KB, and no target is lost', () => {
    const long = (id: number) => ({ ...targetOf(id), repository: `acme/${'x'.repeat(90)}-${id}` })
    const events = Array.from({ length: 1_000 }, (_, index): DispatchEvent => ({ ...denied(index + 1), data: { ...denied(1).data, target: long(index + 1) } }) as DispatchEvent)
    const views = foldViews(record([...events, started(1, 5)]))
    const pages = Object.entries(views).filter(([name]) => name === 'targets' || name.startsWith('targets/'))
    expect(pages.length).toBeGreaterThan(5)
    for (const [, document] of Object.entries(views)) expect(canonicalJson(document).length).toBeLessThan(100_000)
    const names = pages.flatMap(([, document]) => Object.keys((document as { targets: object }).targets))
    expect(new Set(names).size).toBe(1_000)
    const open = views.targets as { targets: Record<string, unknown> }
    expect(open.targets['1 cd.yml']).toMatchObject({ last: { outcome: 'dispatched', reason: null } })
  })

  it('are the same rebuilt from all events as kept up batch by batch', () => {
    const events = record(
      Array.from({ length: 700 }, (_, index) => (index % 3 === 0 ? started(index % 40, index + 1) : denied(index % 40))),
    )
    let kept = {}
    // Through JSON text each time, as the ledger stores them.
    for (let at = 0; at < events.length; at += 7) {
      kept = foldViews(events.slice(at, at + 7), JSON.parse(canonicalJson(kept)) as Record<string, never>)
    }
    expect(canonicalJson(kept)).toBe(canonicalJson(foldViews(events)))
  })
})
