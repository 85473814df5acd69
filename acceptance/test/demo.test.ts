import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@switchyard/cli/run-program'
import { expect, onTestFinished, test } from 'vitest'

// Some thirty jobs, each with processes of its own: seconds on a free machine, more on a busy one.
test('the demo tells its stories, and its page shows what people would see of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  let said = ''
  const write = (text: string): void => void (said += text)
  const exitCode = await runProgram({ args: ['demo', '--out', folder], env: {}, stdout: { write }, stderr: { write } })
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect([exitCode, said]).toEqual([0, expect.stringContaining('Done in')])
  expect(said).toContain('acme/target-service: 1 run before, 1 run after')
  expect(said).toMatch(/Made so far +nothing/)
  expect(said).toMatch(/acme\/team-shelf: 102 files/)
  expect(said).toMatch(/<<<<<<< yours\n.*'7'.*\n +=======\n.*'21'.*\n +>>>>>>> template v1\.1\.0/)
  expect(said).toMatch(/ 23 % · 16 of 70 steps.* 62 % · 44 of 71 steps.* 63 % · 45 of 71 steps.* 100 % · 71 of 71 steps/s)
  expect(said).toMatch(/check run +release\/2026-11-spring: success/)
  expect(said).toMatch(/11:13 .*\(cyclic-dependency\).*16:9 .*\(unknown-value\).*18:21 .*\(duplicate-id\).*kept +nothing/s)
  expect(said).toMatch(/made +27 issues.*blocked by +27 links.*changed +nothing yet.*plan: success, “PARTIAL: 2 of 4 paths touched/s)
  expect(said).toMatch(/#30 +closed: .*1 of 1 child.* · 1 of 22 tasks/s)
  expect([...page.matchAll(/<article class="chapter" id="(\w+)">/g)].map(([, id]) => id)).toEqual([
    'dispatch',
    'bootstrap',
    'release',
    'plan',
  ])
  for (const shown of [
    'Approval hash',
    'acme/team-shelf is ready',
    '$ git log main',
    '&quot;recipe_hash&quot;',
    'Conflicts to settle before merging',
    '&gt;&gt;&gt;&gt;&gt;&gt;&gt; template v1.1.0',
    'Warm the timetables',
    'Answers take nine seconds',
    'Every step is done or skipped.',
    'The plan was not saved: 3 problems',
    'Know who is to be reminded today',
    'Let people choose without signing in',
    'tests/smtp.test.ts',
  ]) {
    expect(page).toContain(shown)
  }
  for (const [, anchor = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${anchor}"`)
})

test('a story that is not there is named, with those that are', async () => {
  let said = ''
  const write = (text: string): void => void (said += text)
  const exitCode = await runProgram({ args: ['demo', '--story', 'relaese'], env: {}, stdout: { write }, stderr: { write } })
  expect([exitCode, said]).toEqual([2, expect.stringMatching(/no story relaese.*dispatch, bootstrap, release, plan/s)])
})
