import { expect, it } from 'vitest'
import { IDEA_STATUSES } from '../../src/index.ts'
import { isCard, renderCard, renderSteps } from '../../src/render.ts'
import { findAlive } from './markdown.ts'
import { cardOf, PLAN, roundOf, treeOf } from './stage.ts'

it('the card begins with the marker that it is found by', () => {
  expect(renderCard(cardOf()).split('\n')[0]).toBe('<!-- switchyard:plan card -->')
  expect(isCard(renderCard(cardOf()))).toBe(true)
  expect(isCard(renderCard(cardOf()).replaceAll('\n', '\r\n'))).toBe(true)
})

it.each(IDEA_STATUSES)('%s has one step of the way in bold', (status) => {
  const steps = renderSteps(status)
  expect(steps.match(/\*\*/g)).toHaveLength(2)
  for (const step of ['Idea', 'Questions', 'Plan', 'Review', 'Issues']) expect(steps).toContain(step)
})

// The contract's table, read from the other side.
it.each([
  ['DRAFT', ['/plan upload', '/plan grill start']],
  ['GRILLING', ['/plan grill done', '/plan cancel']],
  ['GRILLED', ['/plan plan start', '/plan upload']],
  ['PLANNING', ['/plan plan failed', '/plan cancel']],
  ['PLAN_FAILED', ['/plan plan start', '/plan upload']],
  ['PLAN_READY', ['/plan materialise', '/plan review start', '/plan upload']],
  ['REVIEWING_PLAN', ['/plan review approve', '/plan review reject', '/plan review result', '/plan cancel']],
  ['PLAN_REVIEW_FAILED', ['/plan upload', '/plan review start']],
  ['PLAN_REVIEWED', ['/plan materialise', '/plan upload']],
  ['PLANNED', ['/plan status', '/plan sync']],
] as const)('in %s the card offers exactly what is allowed: %s', (status, commands) => {
  const offered = [...renderCard(cardOf({ status })).matchAll(/^\| `(\/plan [^`]*)`/gm)].map(([, command]) => command ?? '')
  for (const command of commands) expect(offered.filter((words) => words.startsWith(command))).toHaveLength(1)
  const reading = offered.filter((words) => words === '/plan show')
  expect(offered).toHaveLength(commands.length + reading.length)
})

it('the plan is told with its title, hash and exactly the file that it was read from', () => {
  const card = renderCard(cardOf())
  expect(card).toContain('Plan: **Log in with a passkey** · `ab12cd34ef56` · from `docs/plans/passkeys.md`')
  expect(findAlive(card).links).toContain(
    'https://github.example/acme/shop/blob/0123456789abcdef0123456789abcdef01234567/docs/plans/passkeys.md',
  )
})

it.each([
  [{ kind: 'comment', id: 99 } as const, '[a comment](https://github.example/acme/shop/issues/7#issuecomment-99)'],
  [{ kind: 'issue' } as const, '[this issue’s text](https://github.example/acme/shop/issues/7)'],
  [{ kind: 'file', path: 'a (b)/ü#.md', commit: 'abcdef0123' } as const, 'blob/abcdef0123/a%20%28b%29/%C3%BC%23.md)'],
])('a plan from %j is linked to', (source, words) => {
  expect(renderCard(cardOf({ plan: { ...PLAN, source } }))).toContain(words)
})

it('each story is folded with its tasks, its bar beside its name, and what waits says for what', () => {
  const card = renderCard(cardOf())
  expect(card).toContain('**Passkeys [#101](https://github.example/acme/shop/issues/101)**')
  expect(card).toContain('`██████░░░░░░░░░░░░░░ 33 %` · **2 of 6 tasks**')
  expect(card).toContain('<summary><b>Story 1</b> · <code>███░░░░░░░ 33 %</code> · 1 of 3 tasks</summary>')
  expect(card).toContain('- ✅ Task 1.1 [#103]')
  expect(card).toContain('- ⬜ Task 1.2 [#104]')
  expect(card).toMatch(/- ⛔ Task 1\.3 \[#105\]\(\S+\) · after \[#104\]/)
})

it('before the issues are made nothing is done or to do', () => {
  const card = renderCard(cardOf({ status: 'PLAN_READY', items: treeOf({ isMade: false }), target: undefined }))
  expect(card).toContain('**2 stories · 6 tasks**')
  expect(card).toContain('<summary><b>Story 1</b> · 3 tasks</summary>')
  expect(card).toContain('- Task 1.2 · after Task 1.1')
  expect(card).not.toMatch(/[█░⬜]/)
})

it('what the plan no longer has is not in the tree', () => {
  const items = treeOf({ done: 1 }).map((item) => (item.key === 'story-1-task-3' ? { ...item, state: 'dropped' as const } : item))
  const card = renderCard(cardOf({ items }))
  expect(card).not.toContain('Task 1.3')
  expect(card).toContain('1 of 2 tasks')
})

it('what was closed as not planned stands in the tree, and is not done', () => {
  const items = treeOf({ done: 1 }).map((item) => (item.key === 'story-1-task-3' ? { ...item, state: 'skipped' as const } : item))
  const card = renderCard(cardOf({ items }))
  expect(card).toContain('- 🚫 Task 1.3')
  expect(card).toContain('2 of 5 tasks** · 1 closed as not planned')
})

it('a plan with nothing left to do is finished, though some of it was not planned after all', () => {
  const items = treeOf({ done: 3 }).map((item) => (item.key === 'story-1-task-3' ? { ...item, state: 'skipped' as const } : item))
  const card = renderCard(cardOf({ status: 'PLANNED', items }))
  expect(card).toContain('### 🏁 The plan is finished')
  expect(card).toContain('100 %` · **5 of 5 tasks** · 1 closed as not planned')
})

it('while the issues wait for the next sweep the card counts them, and offers nothing that would be refused', () => {
  const card = renderCard(cardOf({ status: 'PLAN_READY', making: { kind: 'paused', done: 12, total: 27 } }))
  expect(card).toContain('### ⏳ The plan’s issues are being made')
  expect(card).toContain('44 %` · 12 of 27 issues')
  expect(card).not.toContain('/plan materialise')
})

it('work that stopped says why, and what to do', () => {
  const making = { kind: 'failed', code: 'ISSUES_DISABLED', message: 'Issues of `acme/shop` are off.', hint: 'Turn them on.' } as const
  expect(renderCard(cardOf({ making }))).toContain('**Stopped:** Issues of `acme/shop` are off. Turn them on. (`ISSUES_DISABLED`)')
})

it('the review stands in a table with its approver', () => {
  const review = {
    rounds: [roundOf(1), roundOf(2, { verdict: 'approved', convergence: 1 })],
    approver: 'hubot',
    reviewed_at: '2026-11-21T08:40:00Z',
  }
  const card = renderCard(cardOf({ review }))
  expect(card).toContain('| 1 | octo\\-reviewer | ↻ another round | 🛑 1 blocker · 🟡 1 minor | 82 % | 2026-11-21 08:40 UTC |')
  expect(card).toContain('Approved by **hubot** on 2026-11-21 08:40 UTC.')
})

it('the log shows its last ten entries, newest first', () => {
  const log = Array.from({ length: 12 }, (_, at) => ({ at: at * 60_000, by: 'octocat', text: `entry ${at}.` }))
  const card = renderCard(cardOf({ log, ledgerUrl: 'https://github.example/acme/shop/tree/ledger' }))
  expect([...card.matchAll(/entry (\d+)\./g)].map(([, at]) => at)).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2'])
  expect(card).toContain('- 1970-01-01 00:11 UTC · octocat · entry 11.')
  expect(card).toContain('2 older entries not shown. [The whole log](https://github.example/acme/shop/tree/ledger)')
})

it('an idea without a plan, whose author is gone, has a card too', () => {
  const card = renderCard(cardOf({ status: 'DRAFT', plan: undefined, items: [], owner: undefined, target: undefined }))
  expect(card).toContain('### 💡 A new idea, without a plan yet')
  expect(card).toContain('Owner: nobody, since the author’s account is gone')
})

it('a title from right to left leaves the order of its line alone', () => {
  const card = renderCard(cardOf({ items: treeOf({ title: () => 'تسجيل الدخول' }) }))
  expect(card).toContain('<b>\u2068تسجيل الدخول\u2069</b> · ')
  expect(card).toContain('\u2068تسجيل الدخول\u2069 [#103]')
})
