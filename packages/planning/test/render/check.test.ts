import { expect, it } from 'vitest'
import { decidePullRequest } from '../../src/index.ts'
import { type CheckedTask, renderCheck } from '../../src/render.ts'
import { isEvenTable } from './markdown.ts'

const taskOf = (parts: Partial<CheckedTask> = {}): CheckedTask => ({
  number: 12,
  title: 'Log in',
  url: 'https://github.example/acme/shop/issues/12',
  files: ['src/a.ts', 'docs/'],
  verify: 'ALIGNED_OR_PARTIAL',
  ...parts,
})

function check(tasks: readonly CheckedTask[], paths: readonly string[], isWhole = true) {
  const alignment = decidePullRequest(
    tasks,
    paths.map((path) => ({ path })),
  )
  return renderCheck({ alignment, changed: paths.length, isWhole })
}

it('an aligned pull request succeeds, with nothing missing', () => {
  const run = check([taskOf()], ['src/a.ts', 'docs/b.md'])
  expect(run).toMatchObject({ name: 'plan', conclusion: 'success', title: 'ALIGNED: 2 of 2 paths touched, nothing else' })
  expect(run.summary).toContain(
    '| [#12](https://github.example/acme/shop/issues/12) Log in | ✅ ALIGNED | 2 of 2 | at least one path | ✅ yes |',
  )
  expect(run.text).toContain('Every path is touched.')
})

it('a partial one lists what is missing and what no task names', () => {
  const run = check([taskOf()], ['src/a.ts', 'x `y` | z.ts'])
  expect(run).toMatchObject({ conclusion: 'success', title: 'PARTIAL: 1 of 2 paths touched, 1 other file' })
  expect(run.text).toContain('**Missing:** 1 path\n\n- `docs/`')
  expect(run.text).toContain('### 1 file that no task names\n\n- ``x `y` | z.ts``')
})

it('a partial one fails where the task wants more, and says what to do', () => {
  const run = check([taskOf({ verify: 'ALIGNED' })], ['src/a.ts'])
  expect(run.conclusion).toBe('failure')
  expect(run.summary).toContain('What to do:')
})

it('a divergent one fails', () => {
  expect(check([taskOf()], ['other.ts'])).toMatchObject({ conclusion: 'failure', title: 'DIVERGENT: 0 of 2 paths touched, 1 other file' })
})

it.each([taskOf({ files: [] }), taskOf({ verify: 'NONE' })])('a task that is not compared is neutral ($verify, $files)', (task) => {
  expect(check([task], ['other.ts'])).toMatchObject({ conclusion: 'neutral', title: 'Not compared: no paths, or Verify: NONE' })
})

it('a pull request that names no task is neutral, and told how to name one', () => {
  const run = check([], ['other.ts'])
  expect(run).toMatchObject({ conclusion: 'neutral', title: 'No task of a plan is named' })
  expect(run.summary).toContain('`Task: #12`')
})

it('each of several tasks has its row and its missing paths', () => {
  const run = check(
    [taskOf(), taskOf({ number: 13, title: 'Sign up', url: 'https://github.example/acme/shop/issues/13', files: ['up.ts'] })],
    ['src/a.ts'],
  )
  expect(run.conclusion).toBe('failure')
  expect(run.summary).toContain('🟡 PARTIAL')
  expect(run.summary).toContain('❌ DIVERGENT')
  expect(run.text).toMatch(/### \[#13\]\(\S+\) Sign up\n\n\*\*Missing:\*\* 1 path\n\n- `up\.ts`/)
})

it('where GitHub did not list all files nothing fails, and it is said', () => {
  const run = check([taskOf()], ['other.ts'], false)
  expect(run.conclusion).toBe('neutral')
  expect(run.summary).toContain('only the first 3,000 files')
})

it('thousands of long paths are cut with their count, in 65,535 characters', () => {
  const files = Array.from({ length: 3_000 }, (_, at) => `missing/${at}/${'|`'.repeat(100)}`)
  const tasks = Array.from({ length: 20 }, (_, at) => taskOf({ number: at + 1, title: '|`<'.repeat(300), files }))
  const run = check(
    tasks,
    files.map((path) => `other/${path}`),
  )
  expect(run.summary.length).toBeLessThanOrEqual(65_535)
  expect(run.text.length).toBeLessThanOrEqual(65_535)
  expect(run.text).toContain('3,000 files that no task names')
  const shown = run.text.split('that no task names')[1]?.match(/^- `/gm)?.length ?? 0
  const left = Number(
    run.text
      .match(/^- and (\d+) more$/gm)
      ?.at(-1)
      ?.replace(/\D/g, ''),
  )
  expect(shown).toBeGreaterThan(50)
  expect(shown + left).toBe(3_000)
  expect(isEvenTable(run.summary)).toBe(true)
})

it('a plan that its own owner approved is told as that, and weighs no less', () => {
  const own = check([taskOf({ ownApprover: 'stranger' }), taskOf({ number: 13, ownApprover: 'stranger' })], ['src/a.ts', 'docs/b.md'])
  expect(own.summary).toContain('The plan was approved by its own owner, stranger, and by nobody else.')
  expect(own.conclusion).toBe('success')
  expect(check([taskOf()], ['src/a.ts']).summary).not.toContain('own owner')
})
