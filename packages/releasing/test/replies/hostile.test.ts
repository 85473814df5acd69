import { expect, it } from 'vitest'
import type { ReleaseEvent } from '../../src/release/records/events.ts'
import type { Step } from '../../src/release/find-step.ts'
import {
  renderChanges,
  renderRejections,
  renderCustomer,
  renderList,
  renderProgress,
  renderShow,
  renderStatus,
  renderSummary,
} from '../../src/render.ts'
import { activate, customerState, manyCustomers, manySteps, shown } from '../board/board-stage.ts'
import { findAlive, HOSTILE, isEvenTable, withoutIsolates } from '../board/markdown.ts'
import { stepOf } from '../release-stage.ts'

const LONG = ['<&@`|'.repeat(12_000), '`'.repeat(60_000), '\u202e\u0000'.repeat(30_000), '```\n~~~\n'.repeat(7_500), '👩‍👩‍👧‍👦'.repeat(5_000)]
const OURS = /^(?:<\/?details>|<details open>|<details(?: open)?>\n<summary>.*<\/summary>)\s*$/

function drawAll(text: string): readonly string[] {
  const customers = [{ cluster: text, namespace: text, name: text }]
  const stage = activate({
    customers,
    steps: [stepOf('migrate', { name: text, description: text, content: 'x' })],
    facts: { name: text, version_number: text, description: text },
  })
  const { release, matrix } = shown(stage)
  const part = { name: text, type: 'bash' as const, content: { blobs: [], bytes: 0 }, description: text }
  const cell = {
    status: 'done' as const,
    executed_at: Number.MAX_SAFE_INTEGER,
    executed_by: text,
    skip_reason: text,
    notes: text,
    last_run: { exit_code: 1, conclusion: text, url: text, at: 0 },
    is_overridden: true,
    returns: 0,
    kept: part,
  }
  const state = { ...customerState(stage, 'a/b'), cells: { migrate: cell } }
  const step: Step = {
    id: 'migrate',
    category: 'deploy',
    status: 'done',
    text: part,
    source: 'overridden',
    hasTemplate: true,
    returns: 0,
    cell,
    begun: { sha256: 'a'.repeat(64), run_id: 1, run_attempt: 1, url: text, at: 0, by: text },
  }
  const history = { pages: 0, entries: [{ at: text, what: text, by: text, text, release: 'spring', step: 'migrate' }] }
  const skipped: ReleaseEvent = {
    type: 'release.step-skipped',
    data: { step: 'migrate', reason: text, kept: part, is_overridden: false, returns: 0 },
  }
  const added: ReleaseEvent = { type: 'release.step-added', data: { step: { ...part, id: 'custom-1', category: 'deploy', anchor: null } } }
  const changes = [
    { address: 'a/b', event: skipped },
    { address: 'a/b', event: added },
  ]
  const refused = [{ command: text, rejected: { code: 'UNKNOWN_STEP', message: text, hint: text } }]
  return [
    renderShow({ slug: 'spring', address: 'a/b', step, content: text, history, environment: text, isApproved: true, isOpen: true }),
    renderStatus({ release, matrix }, 'none'),
    renderList({ releases: { pages: 0, entries: [{ slug: text, name: text, type: text, version_number: text, status: text, at: text }] } }),
    renderCustomer({ release, customer: state, address: 'a/b' }),
    renderChanges({ changes, isDryRun: true }),
    renderRejections({ refused }),
    ...(text.length < 1_000
      ? [
          renderStatus({ release, matrix }),
          renderProgress({ release, matrix }),
          renderSummary({ release, matrix, changes, refused, isDryRun: false, isShown: true }),
        ]
      : []),
  ]
}

it.each(HOSTILE)('nothing comes alive of %j', (text) => {
  for (const reply of drawAll(text)) {
    const { html, links, images } = findAlive(reply)
    expect(html.filter((raw) => !OURS.test(raw))).toEqual([])
    expect([links, images]).toEqual([[], []])
    expect(isEvenTable(reply)).toBe(true)
    expect(reply.isWellFormed()).toBe(true)
    expect(withoutIsolates(reply)).not.toMatch(/[\u2028\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u)
  }
})

it.each(LONG.map((text) => [text.slice(0, 12), text]))('texts of 60,000 characters stay within a comment (%j…)', (_, text) => {
  for (const reply of drawAll(text)) {
    expect(reply.length).toBeLessThanOrEqual(60_000)
    const { html, links } = findAlive(reply)
    expect([html, links]).toEqual([[], []])
  }
})

it('10,000 copies: every reply stays within a comment, and says what is left out', () => {
  const stage = activate({ customers: manyCustomers(200), steps: manySteps(50) })
  const view = shown(stage)
  expect(renderProgress(view).length).toBeLessThanOrEqual(60_000)
  expect(renderStatus(view).length).toBeLessThanOrEqual(60_000)
  const large = shown(activate({ customers: manyCustomers(1_500), steps: manySteps(60) }))
  const status = renderStatus(large)
  expect(status.length).toBeLessThanOrEqual(60_000)
  expect(status).toContain('ask for one cluster with `/release status <cluster>`')
  const progress = renderProgress(large)
  expect(progress.length).toBeLessThanOrEqual(60_000)
  expect(progress).toMatch(/and \d+ more\.\n\n<\/details>$/)
})

it('a customer with 200 steps and the longest notes stays within a comment', () => {
  const stage = activate({ steps: manySteps(200, { name: '<'.repeat(160) }) })
  for (let at = 0; at < 200; at += 1) stage.ask('eu-1/acme', { kind: 'skip', step: `step-${at}`, reason: '&'.repeat(1_000) })
  const text = renderCustomer({ release: shown(stage).release, customer: customerState(stage, 'eu-1/acme'), address: 'eu-1/acme' })
  expect(text.length).toBeLessThanOrEqual(60_000)
  expect(text).toMatch(/and \d+ more\./)
})
