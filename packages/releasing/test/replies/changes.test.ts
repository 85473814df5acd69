import { sha256 } from '@switchyard/core'
import { expect, it } from 'vitest'
import { renderChanges, renderRejections } from '../../src/replies/changes.ts'
import { activate } from '../board/board-stage.ts'
import { customerOf, stepOf } from '../release-stage.ts'
import type { ReleaseEvent } from '../../src/release/records/events.ts'

const ACME = 'eu-1/acme'
const done = (step: string, notes: string | null = null): ReleaseEvent => ({
  type: 'release.step-done',
  data: {
    step,
    notes,
    kept: { name: '', type: 'bash', content: { blobs: [], bytes: 0 }, description: '' },
    is_overridden: false,
    returns: 0,
  },
})

it('every kind of event has its words', () => {
  const stage = activate()
  stage.ask(ACME, { kind: 'done', step: 'migrate', notes: 'fine' })
  stage.ask(ACME, { kind: 'revert', step: 'migrate', reason: 'not fine' })
  stage.ask(ACME, { kind: 'override', step: 'migrate', content: 'four' })
  stage.ask(ACME, { kind: 'reset', step: 'migrate' })
  stage.ask(ACME, { kind: 'skip', step: 'smoke', reason: 'no' })
  stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'text', name: 'Call', content: 'x', anchor: null })
  stage.ask(ACME, { kind: 'edit-custom', step: 'custom-1', name: 'Ring', type: null, content: null, anchor: null })
  stage.ask(ACME, { kind: 'remove-custom', step: 'custom-1' })
  stage.ask(ACME, { kind: 'ask-run', step: 'migrate' })
  stage.ask(ACME, { kind: 'record-run', step: 'migrate', exit_code: 2, conclusion: 'failure', url: 'https://github.example' })
  stage.ask(undefined, { kind: 'add-customers', customers: [customerOf('us-1/beta'), customerOf(ACME)] })
  stage.ask(undefined, { kind: 'sync-template', steps: [stepOf('migrate', { name: 'New' }), stepOf('more')] })
  stage.ask(undefined, {
    kind: 'sync-facts',
    facts: { name: 'May', type: 'hotfix', version_number: '', release_date: '2026-05-01', description: 'b', metadata: { a: 1 } },
  })
  const hash = sha256('echo migrate')
  const customers = [{ cluster: 'eu-1', namespace: 'acme', environment: 'production' }]
  stage.ask(undefined, { kind: 'approve-content', step: 'migrate', sha256: hash, customers })
  stage.ask(undefined, { kind: 'withdraw-approval', sha256: hash, environments: ['production'] })
  stage.ask(undefined, { kind: 'board-made', issue: 1, pages: [] })
  stage.ask(undefined, { kind: 'claim' })
  stage.ask(undefined, { kind: 'handle-comments', issue: 1, cursor: { created_at: '', id: 1 }, refused: null })
  const changes = stage.events.map((event) => ({ address: event.subject.split('~')[1], event }))
  expect(renderChanges({ changes, isDryRun: false }).split('\n')).toEqual([
    '**16 changes**',
    '',
    '- `spring` is active: 2 steps for 3 customers',
    '- `eu-1/acme` · ✅ `migrate` done: fine',
    '- `eu-1/acme` · ↩️ `migrate` reverted: not fine',
    '- `eu-1/acme` · `migrate` overridden: 4 bytes of its own',
    '- `eu-1/acme` · `migrate` back to its template',
    '- `eu-1/acme` · ⏭️ `smoke` skipped: no',
    '- `eu-1/acme` · `custom-1` added: deploy, text, Call',
    '- `eu-1/acme` · `custom-1` edited',
    '- `eu-1/acme` · `custom-1` removed',
    '- `eu-1/acme` · a run of `migrate` was asked for',
    '- `eu-1/acme` · `migrate` ran: exit code 2',
    '- 1 customer added: `us-1/beta`; in already, and left alone: `eu-1/acme`',
    '- the template: added `more`; removed `smoke`; changed `migrate`',
    '- the release: name is now May; type is now hotfix; no version any more; date is now 2026\\-05\\-01; description changed; metadata changed',
    expect.stringMatching(/^- content `[0-9a-f]{64}` may run in `production` \(bash\)$/),
    expect.stringMatching(/^- content `[0-9a-f]{64}` may run in `production` no more$/),
  ])
})

it('a dry run says that nothing has changed', () => {
  expect(renderChanges({ changes: [{ address: ACME, event: done('a') }], isDryRun: true })).toBe(
    '**Dry run:** 1 change would be made. Nothing has changed.\n\n- `eu-1/acme` · ✅ `a` done',
  )
  expect(renderChanges({ changes: [], isDryRun: true })).toBe('Nothing would change: everything is so already.')
  expect(renderChanges({ changes: [], isDryRun: false })).toBe('There was nothing to do: everything is so already.')
})

it('names the customers that a release had already, of those that were to be added', () => {
  const stage = activate({ customers: [customerOf('eu-1/acme')] })
  stage.ask(undefined, { kind: 'add-customers', customers: ['eu-1/acme', 'us-1/nord'].map(customerOf) })
  const changes = stage.events.slice(-1).map((event) => ({ address: undefined, event }))
  expect(renderChanges({ changes, isDryRun: false })).toContain('1 customer added: `us-1/nord`; in already, and left alone: `eu-1/acme`')
})

it('10,000 changes: as many as fit, and how many more', () => {
  const text = renderChanges({
    changes: Array.from({ length: 10_000 }, (_, at) => ({ address: ACME, event: done(`step-${at}`, 'why '.repeat(100)) })),
    isDryRun: true,
  })
  expect(text.length).toBeLessThanOrEqual(60_000)
  const lines = text.split('\n').slice(2)
  const left = /^- and (\d+) more$/.exec(lines.at(-1) ?? '')?.[1]
  expect(lines.length - 1 + Number(left)).toBe(10_000)
})

it('refusals say what was asked, what was wrong and what to do', () => {
  const refused = [
    {
      command: '/step skip migrate eu-1/acme',
      rejected: { code: 'REASON_NEEDED', message: 'Why is not said.', hint: 'Write the reason.' },
    },
  ]
  expect(renderRejections({ refused })).toBe(
    '**Refused:** nothing was changed.\n\n- `/step skip migrate eu-1/acme`: Why is not said. Write the reason. (`REASON_NEEDED`)',
  )
  expect(renderRejections({ refused, isPart: true })).toMatch(/^\*\*Refused\*\*, with nothing of it changed:\n\n- `\/step skip/)
  expect(renderRejections({ refused: [] })).toBe('')
})

it('1,000 refusals of the longest kind are cut', () => {
  const refused = Array.from({ length: 1_000 }, () => ({
    command: '`'.repeat(60_000),
    rejected: { code: 'X', message: '<'.repeat(60_000), hint: '@a'.repeat(30_000) },
  }))
  const text = renderRejections({ refused })
  expect(text.length).toBeLessThanOrEqual(60_000)
  expect(text).toMatch(/- and \d+ more$/)
})
