import type { Progress, RunView } from '@switchyard/workflow-runner'
import { describe, expect, test } from 'vitest'
import { createTerminal } from '../terminal/terminal.ts'
import { describeProgress } from './describe-json.ts'
import { type EventOptions, getEvent } from './events.ts'
import { openLiveView } from './live-view.ts'
import { renderEnd } from './render-end.ts'
import { renderSummaryText } from './render-summary-text.ts'
import { renderDuration } from './render-words.ts'
import { reportProgress } from './report-progress.ts'

function record(isTTY: boolean) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({ isTTY, write: (text: string) => void (written[name] += text) })
  return { written, terminal: createTerminal({ stdout: stream('stdout'), stderr: stream('stderr'), env: { NO_COLOR: '1' } }) }
}

const run: RunView = {
  id: 7,
  attempt: 1,
  repository: 'acme/app',
  workflow: 'CI',
  path: '.github/workflows/ci.yml',
  title: 'A\u001b[2J',
  event: 'push',
  url: '',
  actor: 'maintainer',
  startedBy: undefined,
}
const job = { id: 9, name: 'test' }

test.each([
  [0, '0 ms'],
  [99.4, '99 ms'],
  [100, '0.1 s'],
  [1_234, '1.2 s'],
  [59_940, '59.9 s'],
  [59_990, '1 min 0 s'],
  [185_000, '3 min 5 s'],
])('%d milliseconds are %s', (milliseconds, expected) => expect(renderDuration(milliseconds)).toBe(expected))

describe('while jobs run', () => {
  test('each has a line with its step and time, and no more lines than a small window has', () => {
    const { terminal, written } = record(true)
    let now = 1_000
    const view = openLiveView(terminal, () => now)
    for (let id = 1; id <= 10; id += 1) view.show(id, { where: `job ${id}`, step: 'one' })
    now = 3_500
    written.stderr = ''
    view.show(1, { where: 'job 1', step: 'two\u001b[2J' })
    view.end()
    expect(written.stderr).toMatch(/job 1 {2}2\.5 s {2}two\\u\{1b\}\[2J\n/)
    expect(written.stderr).toContain('job 8')
    expect(written.stderr).not.toContain('job 9')
    expect(written.stderr).toContain('and 2 more')
  })

  test('elsewhere every step that begins is a line, and what went wrong outside of steps follows its job', () => {
    const { terminal, written } = record(false)
    const reporter = reportProgress(terminal, { now: () => 0, steps: true })
    reporter.take({ kind: 'run-queued', run })
    reporter.take({ kind: 'step-started', run, job, step: 'Build' })
    reporter.take({ kind: 'job-completed', run, job, conclusion: 'failure', durationMs: 40, summary: '', problems: ['No runner'] })
    expect(written).toEqual({
      stderr: '',
      stdout: 'acme/app · CI “A\\u{1b}[2J” (push)\n  acme/app · CI · test · Build\n  ✗ acme/app · CI · test 40 ms\n    No runner\n',
    })
  })
})

test.each([
  ['# Head\n\ntext **bold** `code`', ['Head', 'text bold code']],
  ['| a | b |\n| - | - |\n| long | x |', ['a     b', 'long  x']],
  ['- one\n- two [link](https://example.com)\n  - inner', ['- one', '- two link', '  - inner']],
  ['> said\n\n```sh\nls\n```', ['> said', '    ls']],
  ['```mermaid\ngraph\n```\n<details>\n\nin \u001b[2J it\n\n</details>', ['in \\u{1b}[2J it']],
])('the summary %j reads %j', (markdown, expected) => {
  expect(renderSummaryText(record(false).terminal, markdown)).toEqual(expected)
})

test('at the end stand the summaries, what went wrong in steps and outside of them, and every run', () => {
  const { terminal } = record(false)
  const lines = ['##[group]Run x', '##[endgroup]', ...Array.from({ length: 20 }, (_, at) => `line ${at}`), '##[error]exit code 2']
  const jobs = [
    {
      id: 1,
      name: 'a',
      conclusion: 'failure',
      durationMs: 1,
      summary: '# Report\n'.repeat(50),
      problems: [],
      steps: [{ name: 'x', conclusion: 'failure', lines }],
    },
    { id: 2, name: 'b', conclusion: 'failure', durationMs: 1, summary: '', problems: ['No runner has the label gpu'], steps: [] },
  ]
  const text = renderEnd(terminal, [{ ...run, anchor: 'run', conclusion: 'failure', durationMs: 9, reasons: [], during: undefined, jobs }])
  expect(text).toMatch(/^acme\/app · CI · a: summary\n( {4}Report\n){40} {4}and 10 more lines; --page shows them\n\n/)
  expect(text).toContain('acme/app · CI · a · x\n    line 6\n')
  expect(text).toContain('    line 19\n    error: exit code 2\n\nacme/app · CI · b\n    No runner has the label gpu\n\n')
  expect(text).toMatch(/failure {2}acme\/app {4}CI {8}A\\u\{1b\}\[2J {2}push {3}2 {5}9 ms$/)
})

test.each<[string, Partial<EventOptions>, string]>([
  ['push', { input: { a: '1' } }, 'push does not take --input'],
  ['issues', { body: 'x', cron: '* * * * *', label: ['bug'] }, 'issues does not take --cron'],
  ['issue_comment', {}, 'issue_comment needs --body'],
  ['push', { branch: 'a', tag: 'b' }, 'not to both'],
  ['workflow_call', {}, 'A called workflow runs as part of'],
  ['constructor', {}, 'constructor is no event'],
])('the event %s with %j is refused: %s', (name, options, message) => {
  expect(() => getEvent(name, { input: {}, label: [], ...options })).toThrow(message)
})

test.each<[Progress, object]>([
  [
    { kind: 'run-queued', run },
    { kind: 'run-queued', run: { id: 7, workflow: 'CI', started_by: null } },
  ],
  [
    { kind: 'run-refused', run, reasons: ['a.yml:1:2: no'] },
    { kind: 'run-refused', run_id: 7, reasons: ['a.yml:1:2: no'] },
  ],
  [
    { kind: 'run-completed', run, conclusion: 'success', durationMs: 1.6 },
    { run_id: 7, attempt: 1, conclusion: 'success', duration_ms: 2 },
  ],
  [
    { kind: 'step-completed', run, job, step: 's', conclusion: 'failure' },
    { run_id: 7, job_id: 9, step: 's', conclusion: 'failure' },
  ],
  [
    { kind: 'line', run, job, text: 'x' },
    { kind: 'line', run_id: 7, job_id: 9, text: 'x' },
  ],
])('%j is described as %j', (progress, expected) => expect(describeProgress(progress)).toMatchObject(expected))
