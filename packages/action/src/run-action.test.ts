import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'run-action-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A step as the runner starts it: variables, event file, output files. */
async function runStep(name: string): Promise<{ code: number | null; log: string; outputs: string; summary: string }> {
  const file = (kind: string, content = ''): string => {
    const path = join(folder, `${name}-${kind}`)
    writeFileSync(path, content)
    return path
  }
  const [event, output, summary] = [file('event', '{"action":"completed"}'), file('output'), file('summary')]
  const env = {
    INPUT_TOKEN: 'token-of-the-job',
    'INPUT_CONFIG-PATH': name,
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_REPOSITORY_ID: '11',
    GITHUB_RUN_ID: '5',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_EVENT_PATH: event,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../test/door.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // One that goes on for ever ends here, and has no exit code.
    timeout: 120_000,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, log, outputs: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') }
}

test('a step that ends well is green, and its text commands nothing', async () => {
  const step = await runStep('well')
  expect(step).toMatchObject({ code: 0 })
  expect(step.outputs).toMatch(/decision<<(\S+)\ndone\n\1/)
  expect(step.summary).toBe('# A page\n')
  expect(step.log).toContain('::add-mask::token-of-the-job')
  expect(step.log).not.toMatch(/^\s*::set-output/m)
})

test.each([
  ['standstill', 'came to a standstill'],
  ['stray', 'stray ***'],
  ['rejection', 'nobody looks'],
])('a step that ends by a %s is red, says why, and ends', async (name, message) => {
  const step = await runStep(name)
  expect(step.code).toBe(1)
  expect(step.log).toMatch(new RegExp(`^::error.*${message.replaceAll('*', '\\*')}`, 'm'))
  expect(step.outputs).toMatch(/reason-code<<(\S+)\ninternal\n\1/)
  expect(step.log.replaceAll('::add-mask::token-of-the-job', '')).not.toContain('token-of-the-job')
})

test('what is left open does not keep the step', async () => {
  const step = await runStep('left-open')
  expect(step).toMatchObject({ code: 0 })
})
