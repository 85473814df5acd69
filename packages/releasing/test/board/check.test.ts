import { expect, it } from 'vitest'
import { checkName, isSameCheck, renderCheck } from '../../src/board/check.ts'
import { wholePercent } from '../../src/release/views/progress.ts'
import { stepOf } from '../release-stage.ts'
import { activate, manyCustomers, shown } from './board-stage.ts'
import { findAlive } from './markdown.ts'

it('needs action until everything is done or skipped, and then succeeds', () => {
  const stage = activate({ steps: [stepOf('only')] })
  expect(renderCheck(shown(stage))).toMatchObject({ title: '0 %: 0 of 3 steps', conclusion: 'action_required', percent: 0 })
  stage.ask('eu-1/acme', { kind: 'done', step: 'only', notes: null })
  stage.ask('eu-1/beta', { kind: 'skip', step: 'only', reason: 'no' })
  expect(renderCheck(shown(stage))).toMatchObject({ title: '67 %: 2 of 3 steps', conclusion: 'action_required', percent: 67 })
  stage.ask('us-1/acme', { kind: 'done', step: 'only', notes: null })
  const check = renderCheck(shown(stage))
  expect(check).toMatchObject({ title: '100 %: 3 of 3 steps', conclusion: 'success', percent: 100 })
  expect(check.summary).toContain('| Done | Skipped | Reverted | Pending | Total |\n| --- | --- | --- | --- | --- |\n| 2 | 1 | 0 | 0 | 3 |')
  expect(checkName('spring')).toBe('release/spring')
})

it('what moves within a whole per cent is no other check', () => {
  const stage = activate({ steps: [stepOf('only')], customers: manyCustomers(300) })
  const mark = (at: number): void => void stage.ask(`eu-1/customer-${at}`, { kind: 'done', step: 'only', notes: null })
  const first = renderCheck(shown(stage))
  mark(0)
  const second = renderCheck(shown(stage))
  expect([isSameCheck(second, first), second.title === first.title]).toEqual([true, false])
  mark(1)
  expect(isSameCheck(renderCheck(shown(stage)), first)).toBe(false)
  expect(isSameCheck(first, { ...first, conclusion: 'success' })).toBe(false)
  expect(isSameCheck(first, undefined)).toBe(false)
})

it('no steps are neutral', () => {
  expect(renderCheck(shown(activate({ steps: [] })))).toMatchObject({ title: '0 of 0 steps', conclusion: 'neutral', percent: 0 })
})

it('one step of thousands that is left is not 100 %: the check must change once more', () => {
  expect(wholePercent({ done: 9_999, skipped: 0, reverted: 0, pending: 1, total: 10_000 })).toBe(99)
  expect(wholePercent({ done: 9_999, skipped: 1, reverted: 0, pending: 0, total: 10_000 })).toBe(100)
})

it('names are inert and many clusters are cut', () => {
  const customers = manyCustomers(900, 900).map((customer) => ({ ...customer, cluster: `<b>@acme ${'&'.repeat(60)}${customer.cluster}` }))
  const { summary } = renderCheck(shown(activate({ customers, facts: { name: '<script>@acme' } })))
  expect(summary.length).toBeLessThanOrEqual(60_000)
  expect(summary).toMatch(/and \d+ more clusters: see the release’s issue\.$/)
  expect(findAlive(summary).html).toEqual([])
  expect(summary).not.toContain('@acme')
})
