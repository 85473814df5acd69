import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePlan } from '@switchyard/planning/plans'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from './run-here.ts'

const SPEC_KIT = '# Tasks: Albums\n\n## Phase 1: Setup\n\n- [ ] T001 Make folders in src/\n- [x] T002 [P] Lint (depends on T001)\n'
const CHECKLIST = '## Form\n\n- [ ] Fields\n- [ ] Words\n'

let folder: string
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'import-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const titlesOf = (text: string): readonly string[] => {
  const parsed = parsePlan(text, { file: 'plan.md' })
  if (!parsed.ok) throw new Error(text)
  return [parsed.plan.title, ...parsed.plan.epic.stories.flatMap(({ title, tasks }) => [title, ...tasks.map((task) => task.title)])]
}

test('tasks of spec-kit are known by their ids; what is ticked is said beside the plan', async () => {
  const { exitCode, stdout, stderr } = await runHere(['import-plan', file('tasks.md', SPEC_KIT)])
  expect([exitCode, titlesOf(stdout)]).toEqual([0, ['Albums', 'Setup', 'Make folders in src/', 'Lint']])
  expect(stderr).toMatch(/6:1 warning .*ticked-item\n +6 \| - \[x\] T002/)
})

test('everything else is a checklist, called by the title or the file’s name', async () => {
  const path = file('sign-in.md', CHECKLIST)
  expect(titlesOf((await runHere(['import-plan', path])).stdout)).toEqual(['sign-in', 'Form', 'Fields', 'Words'])
  expect(titlesOf((await runHere(['import-plan', path, '--title', 'Sign in'])).stdout)[0]).toBe('Sign in')
  const forced = await runHere(['import-plan', file('tasks.md', SPEC_KIT), '--from', 'checklist'])
  expect(titlesOf(forced.stdout)).toContain('T001 Make folders in src/')
})

test('--out writes the plan to a file', async () => {
  const out = join(folder, 'plan.md')
  const { exitCode, stdout } = await runHere(['import-plan', file('sign-in.md', CHECKLIST), '--out', out])
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`The plan is in ${out}`)])
  expect(titlesOf(readFileSync(out, 'utf8'))).toContain('Fields')
})

test('a file with faults is told line by line, and nothing is written', async () => {
  const out = join(folder, 'none.md')
  const path = file('faulty.md', '- [ ] T001 a\n- [ ] T001 b\n- [ ] T002 c (depends on T009)\n')
  const { exitCode, stdout, stderr } = await runHere(['import-plan', path, '--out', out])
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/2:1 error .*duplicate-id[^]*3:1 error .*unknown-dependency/)
  expect(() => readFileSync(out)).toThrow('ENOENT')
})

test('--json prints one document, with or without a plan', async () => {
  const good = await runHere(['import-plan', file('sign-in.md', CHECKLIST), '--json'])
  expect(JSON.parse(good.stdout)).toMatchObject({ schema_version: 1, markdown: expect.stringContaining('### Task: Fields'), faults: [] })
  const { exitCode, stdout, stderr } = await runHere(['import-plan', file('empty.md', 'words\n'), '--json'])
  expect([exitCode, stderr]).toEqual([1, ''])
  expect(JSON.parse(stdout)).toMatchObject({ markdown: null, faults: [{ line: 1, column: 1, code: 'no-tasks' }] })
})

test.each([
  [['import-plan', 'nowhere.md'], 'FILE_NOT_READ'],
  [['import-plan', 'x.md', '--from', 'jira'], 'Allowed choices are spec-kit, checklist'],
])('wrong usage ends with 2: %j', async (args, said) => {
  expect(await runHere(args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(said) })
})
