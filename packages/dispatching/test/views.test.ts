import { canonicalJson, type Json } from '@switchyard/core'
import fc from 'fast-check'
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
/** GitHub's longest name, of characters that take three bytes each: no repository's is as long in bytes. */
const long = (id: number) => ({ ...targetOf(id), repository: `acme/${'名'.repeat(100)}-${id}` })
const bytesOf = (document: Json | undefined): number => new TextEncoder().encode(canonicalJson(document ?? null)).length
/** Source: the ledger's design. */
const ALARM_BYTES = 100_000
const MARCH = Date.UTC(2026, 2, 31, 23, 59)

function started(id: number, run_id: number): DispatchEvent {
  return { type: 'dispatch.started', data: { key: 'k', source, target: targetOf(id), effect_id: 'k.1', chain, run_id, url: null } }
}
function denied(id: number): DispatchEvent {
  return { type: 'dispatch.denied', data: { key: 'k', source, target: targetOf(id), reason: 'not-allowed', effect_id: null } }
}
function toLong(event: DispatchEvent): DispatchEvent {
  if (event.type !== 'dispatch.started' && event.type !== 'dispatch.denied') return event
  const target = long(event.data.target.repository_id ?? 0)
  return event.type === 'dispatch.started' ? { ...event, data: { ...event.data, target } } : { ...event, data: { ...event.data, target } }
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
  })

  it('close a page of the log before an entry that would make it too big, however big it is', () => {
    const events = Array.from({ length: 300 }, (_, at): DispatchEvent => {
      const target = { ...long(2), ref: 'ß'.repeat(at % 50 === 0 ? 20_000 : 100) }
      return { type: 'dispatch.denied', data: { key: 'k', source, target, reason: 'not-allowed', effect_id: null } }
    })
    const views = foldViews(record(events))
    const names = Object.keys(views).filter((name) => name.startsWith('log/'))
    const entries = names.flatMap((name) => (views[name] as { entries: { seq: number }[] }).entries.map(({ seq }) => seq))
    expect(entries.sort((left, right) => left - right)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1))
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) expect(bytesOf(views[name])).toBeLessThan(ALARM_BYTES)
  })

  it('move the targets that were quiet longest to pages: no document grows past 100 KB, and no target is lost', () => {
    const events = Array.from(
      { length: 1_000 },
      (_, index): DispatchEvent => ({ ...denied(index + 1), data: { ...denied(1).data, target: long(index + 1) } }) as DispatchEvent,
    )
    const views = foldViews(record([...events, started(1, 5)]))
    const pages = Object.entries(views).filter(([name]) => name === 'targets' || name.startsWith('targets/'))
    expect(pages.length).toBeGreaterThan(5)
    for (const document of Object.values(views)) expect(bytesOf(document)).toBeLessThan(ALARM_BYTES)
    const names = pages.flatMap(([, document]) => Object.keys((document as { targets: object }).targets))
    expect(new Set(names).size).toBe(1_000)
    const open = views.targets as { targets: Record<string, unknown> }
    expect(open.targets['1 cd.yml']).toMatchObject({ last: { outcome: 'dispatched', reason: null } })
  })

  it('say of a target that came back from a page since when it is counted, and how many pages may tell of before', () => {
    const events = record([
      denied(1),
      denied(1),
      ...Array.from({ length: 400 }, (_, at): DispatchEvent => toLong(denied(at + 2))),
      denied(1),
    ])
    const views = foldViews(events)
    const targetsOf = (name: string) => (views[name] as { targets: Record<string, Json> }).targets
    const began = new Date(events[0]?.at ?? 0).toISOString()
    expect(targetsOf('targets/1')['1 cd.yml']).toMatchObject({ counts: { denied: 2 }, since: began, earlier_pages: 0 })
    const { pages } = views.targets as { pages: number }
    expect(pages).toBeGreaterThan(0)
    expect(targetsOf('targets')['1 cd.yml']).toMatchObject({
      counts: { denied: 1 },
      since: new Date(events.at(-1)?.at ?? 0).toISOString(),
      earlier_pages: pages,
    })
  })

  it('are the same rebuilt from all events as kept up batch by batch, through every page', () => {
    // Neither 3 nor 7 divides it: both strides below reach every target, and long names fill more than a page.
    const manyTargets = fc.integer({ min: 4, max: 9 }).map((number) => number * 42 + 1)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), manyTargets, fc.boolean(), (batch, targets, isLong) => {
        const events = record(
          Array.from({ length: 700 }, (_, index) => {
            const event = index % 3 === 0 ? started(index % targets, index + 1) : denied((index * 7) % targets)
            return isLong ? toLong(event) : event
          }),
        )
        let kept: Record<string, Json> = {}
        // Through JSON text each time, as the ledger stores them.
        for (let at = 0; at < events.length; at += batch) {
          kept = foldViews(events.slice(at, at + batch), JSON.parse(canonicalJson(kept)) as Record<string, Json>)
        }
        expect(canonicalJson(kept)).toBe(canonicalJson(foldViews(events)))
        if (isLong) expect(Object.keys(kept).filter((name) => name.startsWith('targets/')).length).toBeGreaterThan(0)
        for (const document of Object.values(kept)) expect(bytesOf(document)).toBeLessThan(ALARM_BYTES)
      }),
      { numRuns: 4 },
    )
  })
})
