import { effortOf } from '@switchyard/core/effort'
import { expect, it } from 'vitest'
import { findTasksNamed, MAX_TASKS_NAMED } from '../../src/index.ts'

const find = (body: string, title?: string) => findTasksNamed({ body, title, repository: 'acme/shop' })

it.each(['close', 'closes', 'closed', 'fix', 'fixes', 'fixed', 'resolve', 'resolves', 'resolved', 'CLOSES', 'Fixes:', 'Task:', 'task :'])(
  '%s names a task',
  (keyword) => {
    expect(find(`${keyword} #12`)).toEqual([12])
  },
)

it.each([
  'Closes acme/shop#12',
  'Closes Acme/Shop#12',
  'Closes https://github.com/acme/shop/issues/12',
  'Task: https://github.com/acme/shop/issues/12#issuecomment-5',
  'Task:#12',
  '**Task:** #12',
  '- [x] closes #12.',
  '> (fixes #12)',
  'This closes #12, and more',
])('%s means issue 12', (body) => {
  expect(find(body)).toEqual([12])
})

it.each([
  '#12',
  'see #12',
  'Task #12',
  'Closes 12',
  'closes#12',
  'closest #12',
  'discloses #12',
  'un-fixes #12',
  'Closes #0',
  'Closes #12abc',
  'Closes #12-x',
  'Closes #99999999999',
  'Closes other/shop#12',
  'Closes https://github.com/other/shop/issues/12',
  'Closes https://evil.example/acme/shop/issues/12',
  'Closes https://github.com/acme/shop/pull/12',
  'Closes\n#12',
  'Closes \\#12',
])('%j names nothing', (body) => {
  expect(find(body)).toEqual([])
})

it.each([
  '`Closes #12`',
  '``a ` Closes #12``',
  '`a\nCloses #12`',
  '```\nCloses #12\n```',
  '~~~md\nCloses #12\n```\n~~~',
  '- ```\n  Closes #12\n  ```',
  '```\nCloses #12',
  '    Closes #12',
  'text\n\n\tCloses #12',
  '<!-- Closes #12 -->',
  'text <!-- Closes #12 --> text',
  '<!--\nCloses #12\n\nmore\n-->',
  '<!-- never closed\n\nCloses #12',
  'a <!-- ` --> `Closes #12`',
])('nothing in code or comments counts: %j', (body) => {
  expect(find(body)).toEqual([])
})

it.each([
  'an open ` tick, closes #12',
  'a\n\nb `\n\ncloses #12 `',
  '`` a ` closes #12',
  '\\`closes #12\\`',
  '`<!--` closes #12',
  'a <!-- b\n\ncloses #12 -->',
  '- item\n\n    closes #12',
  'a line\n    closes #12',
  '```\ncode\n```\ncloses #12',
  '```a`b``` closes #12',
  'a\r\n\r\n```\r\n x\r\n```\r\ncloses #12',
  '<!-- x -->\ncloses #12',
])('what only looks like code or a comment does: %j', (body) => {
  expect(find(body)).toEqual([12])
})

it('tasks come in their order, none twice, the title’s last', () => {
  expect(find('Closes #3, fixes #1\n\nTask: #3', 'Fix #2 (closes #4, fixes #2)')).toEqual([3, 1, 2, 4])
})

it('at most 20 are taken', () => {
  const body = Array.from({ length: 50 }, (_, at) => `closes #${at + 1}`).join('\n')
  expect(find(body)).toHaveLength(MAX_TASKS_NAMED)
})

it.each([
  ['backticks', '` `` '.repeat(20_000)],
  ['comments', '<!--'.repeat(20_000)],
  ['keywords', 'closes '.repeat(10_000)],
  ['blanks', `closes${' '.repeat(60_000)}x`],
  ['colons', 'task:\t\t\t'.repeat(8_000)],
  ['quotes', '> '.repeat(30_000)],
  ['lists', '- '.repeat(30_000)],
])('a text of nothing but %s is read at once', (_, body) => {
  expect(find(body)).toEqual([])
  expect(effortOf(() => find(body))).toBeLessThan(300)
})
