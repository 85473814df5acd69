import { expect, it } from 'vitest'
import type { TreeChange, TreeConflict } from '../../src/index.ts'
import {
  renderCreation,
  renderCard,
  renderDifference,
  renderMade,
  renderRefusedPlan,
  renderRejection,
  renderReview,
  renderReviewed,
  renderRollup,
  renderShow,
  renderStopped,
  renderSummary,
  renderTransition,
  renderUploaded,
} from '../../src/render.ts'
import { cardOf, PLAN, roundOf, SITE, treeOf } from './stage.ts'

const issue = (key: string, title: string, parent: string | undefined = 'story-1') =>
  ({ key, parent, level: 'task', title, section: '', dependsOn: [], hasOwnId: true }) as const
const items = treeOf({ done: 1 })
const find = (key: string) => items.find((item) => item.key === key)
const differ = (changes: readonly TreeChange[], conflicts: readonly TreeConflict[] = []) =>
  renderDifference({ difference: { changes, conflicts, unsure: [], left: [], hash: 'ab12cd34ef56' }, find })

it('an upload tells what was read, from where, and what comes next', () => {
  const plan = { ...PLAN, stories: 4, tasks: 22, length: 41_234 }
  const text = renderUploaded({ site: SITE, plan, from: 'DRAFT', supersedesReview: false, warnings: [] })
  expect(text).toContain('4 stories and 22 tasks')
  expect(text).toContain('41,234 characters, `ab12cd34ef56`')
  expect(text).toContain('went without questions')
  expect(text).toContain('`/plan materialise`')
})

it('an upload over a plan says what it takes the place of, and shows warnings with their lines', () => {
  const plan = { ...PLAN, stories: 1, tasks: 101, length: 10 }
  const warning = {
    code: 'many-children',
    message: 'The story has 101 tasks',
    place: { file: 'p', line: 4, column: 1 },
    severity: 'warning',
  } as const
  const text = renderUploaded({ site: SITE, plan, from: 'PLAN_READY', supersedesReview: true, warnings: [warning] })
  expect(text).toContain('takes the place of the plan before')
  expect(text).toContain('of an older plan, and counts no more')
  expect(text).toContain('#### 1 warning')
  expect(text).toContain('| 4 | 1 | ⚠️ The story has 101 tasks |')
})

it('a refused plan shows every fault with its line, column and remedy, and says that nothing was kept', () => {
  const text = renderRefusedPlan({
    faults: [
      {
        code: 'unknown-key',
        message: 'Unknown key `assignes`',
        hint: 'Did you mean `assignees`?',
        place: { file: 'p', line: 3, column: 1 },
        severity: 'error',
      },
      { code: 'empty', message: 'It is empty', severity: 'error' },
    ],
    lineUrl: (line) => `https://github.example/acme/shop/blob/x/p.md?plain=1#L${line}`,
  })
  expect(text).toContain('The plan was not saved: 2 problems')
  expect(text).toContain(
    '| [3](https://github.example/acme/shop/blob/x/p.md?plain=1#L3) | 1 | Unknown key `assignes` | Did you mean `assignees`? | `unknown-key` |',
  )
  expect(text).toContain('| — | — | It is empty |  | `empty` |')
  expect(text).toContain('the idea stays where it was')
})

it('a difference shows each change by its issue, renames and drops with what they mean, and the words that confirm it', () => {
  const text = differ([
    { kind: 'create', issue: issue('new', 'Audit log') },
    { kind: 'edit', issue: issue('story-1-task-1', 'Other title'), number: 103, parts: ['title', 'section'] },
    { kind: 'edit', issue: issue('story-1-task-2', 'Task 1.2'), number: 104, parts: ['section'] },
    { kind: 'move', key: 'story-1-task-3', number: 105, from: 'story-1', to: 'story-2' },
    { kind: 'rename', from: 'story-2-task-1', issue: issue('log-in', 'Log in'), number: 107, parts: ['title'] },
    { kind: 'drop', key: 'story-2-task-2', number: 108, title: 'Task 2.2' },
    { kind: 'revive', issue: issue('story-2-task-3', 'Task 2.3'), number: 109, parts: ['title'] },
    { kind: 'link', key: 'story-2', blocker: 'story-1' },
    { kind: 'unlink', key: 'story-2', blocker: 'story-1' },
  ])
  const link = (number: number): string => `[#${number}](https://github.example/acme/shop/issues/${number})`
  expect(text).toContain(
    '### 9 changes: 1 new issue, 1 rename, 2 edits, 1 move, 1 re-opened, 1 closed, 1 new dependency, 1 dependency less',
  )
  expect(text).toContain('Nothing has changed yet.')
  expect(text).toContain(`| ➕ create | Audit log | task below ${link(102)} Story 1 |`)
  expect(text).toContain(`| ✏️ edit | ${link(103)} Task 1.1 | title, to Other title; text |`)
  expect(text).toContain(`| ✏️ edit | ${link(104)} Task 1.2 | text |`)
  expect(text).toContain(`| ↪️ move | ${link(105)} Task 1.3 | from ${link(102)} Story 1 to ${link(106)} Story 2 |`)
  expect(text).toContain(`| 🏷️ rename | ${link(107)} Task 2.1 | to Log in (\`story-2-task-1\` → \`log-in\`) |`)
  expect(text).toContain(`| 🗑️ close | ${link(108)} Task 2.2 |`)
  expect(text).toContain('`### Task: New title {#new-id}`')
  expect(text).toContain('closed as not planned')
  expect(text).toContain('comment `/plan sync --confirm ab12cd34ef56`.')
})

it.each([
  ['title', 'into both the plan and the issue'],
  ['section', 'move them below the last marker'],
  ['markers', 'edit history'],
  ['parent', 'below its parent of the plan'],
  ['gone', 'Take it out of the plan'],
] as const)('a conflict of the %s says what to do', (what, advice) => {
  const text = differ([{ kind: 'link', key: 'story-2', blocker: 'story-1' }], [{ key: 'story-1-task-1', number: 103, what }])
  expect(text).toContain('1 conflict, left as it is')
  expect(text).toContain(advice)
})

it('an edit of a renamed issue is told with its rename', () => {
  const rename = { kind: 'rename', from: 'story-1-task-1', number: 103, issue: issue('new', 'New'), parts: ['title', 'section'] } as const
  expect(differ([rename])).toContain('| to New (`story-1-task-1` → `new`); text |')
})

it('renames that cannot be told apart are shown with what settles them', () => {
  const unsure = [{ level: 'task', parent: 'story-1', removed: ['one', 'two'], added: ['first', 'second'] }] as const
  const changes = [{ kind: 'drop', key: 'one', number: 103, title: 'One' }] as const
  const text = renderDifference({ difference: { changes, conflicts: [], unsure, left: [], hash: 'ab12cd34ef56' }, find })
  expect(text).toContain('- task: `one`, `two` → `first`, `second`')
  expect(text).toContain('`### … {#one}`')
})

it('closed issues that leave the plan are named before anybody confirms', () => {
  const left = [
    {
      key: 'story-1-task-1',
      parent: 'story-1',
      level: 'task',
      number: 103,
      title: 'Done',
      sha256: '',
      dependsOn: [],
      hasOwnId: false,
      isDropped: false,
    },
  ] as const
  const text = renderDifference({
    difference: { changes: [], conflicts: [], unsure: [], left, hash: 'ab12cd34ef56' },
    find,
    isOtherPlan: true,
  })
  expect(text).toContain('count no more.\n\n- [#103](https://github.example/acme/shop/issues/103) Done')
  expect(text).toContain('--confirm ab12cd34ef56')
})

it('what needs no confirmation names the command alone', () => {
  const difference = {
    changes: [{ kind: 'create', issue: issue('task-9', 'New') }],
    conflicts: [],
    unsure: [],
    left: [],
    hash: 'ab12cd34ef56',
  } as const
  const text = renderDifference({ difference, find, command: '/plan materialise', isFirst: true })
  expect(text).toContain('comment `/plan materialise`')
  expect(text).not.toContain('ab12cd34ef56')
})

it('with conflicts alone there is nothing to confirm, and with nothing at all it says so', () => {
  expect(differ([], [{ key: 'story-1', number: 102, what: 'title' }])).not.toContain('--confirm')
  expect(differ([])).toBe('✅ The issues are as the plan wants them: there is nothing to change.')
})

it('what was made is linked, story by story, with what GitHub left out', () => {
  const text = renderMade({
    kind: 'materialised',
    target: { repository: 'acme/shop', url: 'https://github.example/acme/shop' },
    items,
    created: 9,
    changed: 0,
    conflicts: [],
    notes: ['GitHub left out the label `later`.'],
  })
  expect(text).toContain('### ✅ The plan is made: 9 issues made')
  expect(text).toContain('in [acme/shop](https://github.example/acme/shop)')
  expect(text).toMatch(/\| Story 1 \[#102\]\(\S+\) \| 3 \| \[#103\]\(\S+\) … \[#105\]\(\S+\) \|/)
  expect(text).toContain('- GitHub left out the label `later`.')
})

it('what an earlier run made is not told as nothing', () => {
  const target = { repository: 'acme/shop', url: 'https://github.example/acme/shop' }
  const made = { kind: 'materialised', target, items, conflicts: [], notes: [] } as const
  expect(renderMade({ ...made, created: undefined, changed: undefined })).toMatch(/^### ✅ The plan is made\n/)
  expect(renderMade({ ...made, created: 0, changed: 0 })).toMatch(/^### ✅ The plan is made: everything was so already\n/)
})

it('a run that stopped says what is there, and who goes on', () => {
  const paused = renderStopped({ kind: 'materialised', done: 480, total: 1_000, error: undefined, resumesAt: Date.UTC(2026, 10, 21, 10) })
  expect(paused).toContain('480 of 1,000 issues')
  expect(paused).toContain('the first sweep after 2026-11-21 10:00 UTC goes on')
  const stopped = renderStopped({ kind: 'materialised', done: 12, total: 27, error: undefined, why: 'GitHub failed with status 502.' })
  expect(stopped).toContain('### ⏸️ The issues are not all made yet')
  expect(stopped).toContain('GitHub failed with status 502.')
  const failed = renderStopped({
    kind: 'materialised',
    done: 12,
    total: 27,
    error: { code: 'ISSUES_DISABLED', message: 'Issues are off.', hint: 'Turn them on.' },
  })
  expect(failed).toContain('Issues are off. Turn them on. (`ISSUES_DISABLED`)')
  expect(failed).toContain('`/plan materialise` goes on where it stopped')
})

it('a sync that stopped names the command that goes on with it', () => {
  const error = { code: 'CHANGE_REFUSED', message: 'No.', hint: 'Mend it.' }
  const failed = renderStopped({ kind: 'synced', done: 27, total: 27, error })
  expect(failed).toContain('### ❌ The issues could not all be changed')
  expect(failed).toContain('`/plan sync` goes on where it stopped')
  expect(renderStopped({ kind: 'synced', done: 12, total: 27, error: undefined })).not.toContain('materialise')
})

it('the progress of creation is a bar and a count', () => {
  expect(renderCreation({ done: 12, total: 27 })).toContain('`████████░░░░░░░░░░░░ 44 %` · 12 of 27 issues')
  expect(renderCreation({ done: 27, total: 27 })).toContain('The issues are made.')
})

it('a parent that follows its children says which of them it was', () => {
  const child = { title: 'Task 1.1', number: 103, url: 'https://github.example/acme/shop/issues/103' }
  const closed = renderRollup({ kind: 'closed', child, counts: { done: 3, total: 3 } })
  expect(closed).toContain('Closed because its last open child was closed: Task 1.1 [#103](https://github.example/acme/shop/issues/103).')
  expect(renderRollup({ kind: 'reopened', child, counts: { done: 2, total: 3 } })).toContain(
    'Re-opened because a child of it was: Task 1.1',
  )
})

it('a transition names both states and who said it', () => {
  const text = renderTransition({ from: 'GRILLED', to: 'PLANNING', by: 'octocat' })
  expect(text).toBe('`GRILLED` → `PLANNING`, said by **octocat**. The plan is being written.')
})

it('a refusal says what was refused, why, what to do, and that nothing was changed', () => {
  const rejected = { code: 'RUNNING', message: 'The plan is being reviewed.', hint: 'Wait, or `/plan cancel`.' }
  expect(renderRejection(rejected)).toBe(
    '**Refused:** nothing was changed.\n\n- The plan is being reviewed. Wait, or `/plan cancel`. (`RUNNING`)',
  )
})

it('the plan is shown as it is kept, in a fence that ends where it should, cut with a count', () => {
  const text = '# Epic: x\n````md\n```\n````\n'
  expect(renderShow({ site: SITE, plan: PLAN, text })).toContain(`\`\`\`\`\`markdown\n${text}\n\`\`\`\`\``)
  const long = renderShow({ site: SITE, plan: PLAN, text: 'word '.repeat(20_000) })
  expect(renderShow({ site: SITE, plan: PLAN, text: 'word '.repeat(20_000) }, 40_000).length).toBeLessThanOrEqual(40_000)
  expect(long.length).toBeLessThanOrEqual(60_000)
  expect(long).toMatch(/The last 4\d,\d{3} characters are not shown\./)
})

it('a review shows its rounds newest first, findings worst first', () => {
  const text = renderReview({ rounds: [roundOf(1), roundOf(2)], approver: undefined, reviewed_at: undefined })
  expect(text.indexOf('<b>Round 2</b>')).toBeLessThan(text.indexOf('<b>Round 1</b>'))
  expect(text.indexOf('🛑 blocker')).toBeLessThan(text.indexOf('🟡 minor | story'))
  expect(text).toContain('| 🛑 blocker | line 12 | The table has no key |')
  expect(renderReview({ rounds: [], approver: undefined, reviewed_at: undefined })).toBe('Nobody has reviewed this plan yet.')
})

it('a plan that its own owner approved is told as that, whatever the case of the login', () => {
  const review = { rounds: [roundOf(1, { verdict: 'approved' })], approver: 'stranger', reviewed_at: '2026-11-21T10:00:00Z' }
  const by = (owner: string | undefined): string => renderReview({ ...review, owner })
  expect(by('Stranger')).toContain('Approved by **stranger**, **the plan’s own owner: nobody else has looked at it,** on')
  expect(by('other')).toContain('Approved by **stranger** on')
  expect(by(undefined)).not.toContain('own owner')
  const said = (isByOwner: boolean): string => renderReviewed(roundOf(1, { verdict: 'approved' }), { status: 'PLAN_REVIEWED', isByOwner })
  expect(said(true)).toContain('by the plan’s own owner')
  expect(said(false)).not.toContain('own owner')
})

it('the page of a job that validates says which plans can be uploaded', () => {
  const ok = { ok: true, title: 'Passkeys', stories: 4, tasks: 22, warnings: [] } as const
  const fault = { code: 'empty', message: 'It is empty', severity: 'error' } as const
  const page = renderSummary({
    kind: 'validate',
    files: [
      { path: 'a.md', result: ok },
      { path: 'b.md', result: { ok: false, faults: [fault] } },
    ],
  })
  expect(page).toContain('## ❌ 1 of 2 plans cannot be uploaded')
  expect(page).toContain('### ✅ `a.md`\n\n**Passkeys** · 4 stories · 22 tasks')
  expect(page).toContain('### ❌ `b.md`')
})

it('the issues of a story are told from the least to the greatest, whatever the order of its tasks', () => {
  const text = renderMade({
    kind: 'synced',
    target: { repository: 'acme/shop', url: 'https://github.example/acme/shop' },
    items: items.toReversed(),
    created: 0,
    changed: 1,
    conflicts: [],
    notes: [],
  })
  expect(text).toMatch(/\| Story 1 \[#102\]\(\S+\) \| 3 \| \[#103\]\(\S+\) … \[#105\]\(\S+\) \|/)
})

it('what is renamed is linked under its new name, too', () => {
  const text = differ([
    { kind: 'rename', from: 'story-1-task-1', issue: issue('sing', 'Sing'), number: 103, parts: ['title'] },
    { kind: 'unlink', key: 'sing', blocker: 'story-1-task-2' },
  ])
  expect(text).toContain('| ✂️ unblock | [#103](https://github.example/acme/shop/issues/103) Sing |')
})

it('a refusal links the idea that it names, and nothing that strangers quote', () => {
  const message = 'The idea #7 is `DRAFT` #7, and #9 is not, says @acme'
  const rejected = { code: 'WRONG_STATUS', message, hint: 'Go to #7' }
  const text = renderRejection(rejected, SITE)
  const link = '[#7](https://github.example/acme/shop/issues/7)'
  expect(text).toContain(`- The idea ${link} is \`DRAFT\` ${link}, and \\#\u200b9 is not, says @\u200bacme. Go to ${link}.`)
})

it('the log links the plan’s issues, and none that is gone', () => {
  const log = [{ at: 0, by: 'ada', text: 'closed #103' }]
  const text = renderCard(cardOf({ log, items }))
  expect(text).toContain('closed [#103](https://github.example/acme/shop/issues/103)')
  const gone = items.map((item) => (item.number === 103 ? { ...item, url: undefined } : item))
  expect(renderCard(cardOf({ log, items: gone }))).toContain('closed \\#\u200b103')
})

it('what is to be looked at links the plan’s own issues', () => {
  const target = { repository: 'acme/shop', url: 'https://github.example/acme/shop' }
  const notes = ['GitHub left out labels of #103: see #999.']
  const text = renderMade({ kind: 'synced', target, items, created: 0, changed: 1, conflicts: [], notes })
  expect(text).toContain('- GitHub left out labels of [#103](https://github.example/acme/shop/issues/103): see \\#\u200b999.')
})
