import { describe, expect, test } from 'vitest'
import type { FileKind } from '../discover.ts'
import { parseYamlFile } from '../yaml-file.ts'
import { findByRules } from './index.ts'
import { isPinned } from './pinned-actions.ts'
import { findExpressions, isUntrusted } from './untrusted.ts'

const commit = 'a'.repeat(40)
const good = `on: push
permissions: {}
jobs:
  a:
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${commit}
        with: { persist-credentials: false }
      - uses: ./actions/ledger
      - run: echo "$NAME"
        env: { NAME: '\${{ github.actor }}' }
`

/** `line:column severity code` of each finding. */
function find(text: string, kind: FileKind = 'workflow'): readonly string[] {
  const file = parseYamlFile(kind, text)
  return findByRules(file).map(({ offset, severity, code }) => {
    const { line, column } = file.placeAt(offset)
    return `${line}:${column} ${severity} ${code}`
  })
}

const run = (script: string): string => good.replace('echo "$NAME"', script)

describe('a workflow', () => {
  test('that keeps the rules has no fault', () => expect(find(good)).toEqual([]))

  test.each([
    ['an action by its tag', good.replace(commit, 'v7'), ['7:15 error unpinned-action']],
    ['a called workflow by its branch', `${good}  b: { uses: o/r/.github/workflows/w.yml@main }\n`, ['12:14 error unpinned-action']],
    ['permissions nowhere', good.replace('permissions: {}', 'name: x'), ['4:3 error missing-permissions']],
    ['an input in a script', run('echo ${{ inputs.name }}'), ['10:19 error script-injection']],
    ['an input in a quoted script', run('\'echo "x" ${{ inputs.name }}\''), ['10:24 error script-injection']],
    [
      'the second of two expressions',
      run('|\n          ${{ github.sha }}\n          ${{ github.head_ref }}'),
      ['11:11 warning expression-in-script', '12:11 error script-injection'],
    ],
    [
      'an event in github-script',
      good.replace('./actions/ledger', `actions/github-script@${commit}\n        with: { script: 'f(\${{ github.event.issue.title }})' }`),
      ['10:28 error script-injection'],
    ],
    ['a queue that cancels', `${good}concurrency: { group: a, queue: max, cancel-in-progress: true }\n`, ['12:26 error queue-with-cancel']],
    [
      'a queue that cancels in a job',
      good.replace('timeout', 'concurrency:\n      queue: max\n      cancel-in-progress: true\n    timeout'),
      ['6:7 error queue-with-cancel'],
    ],
    ['a job without a limit', good.replace('timeout-minutes: 5', 'runs-on: x'), ['4:3 warning no-time-limit']],
    ['a token left on disk', good.replace('false', 'true'), ['7:9 warning persisted-credentials']],
    ['a dangerous trigger', good.replace('push', '[push, pull_request_target]'), ['1:12 warning dangerous-trigger']],
    [
      'a step in a parallel group',
      good.replace('- uses: ./actions/ledger', '- parallel:\n          - uses: o/r@v1'),
      ['10:19 error unpinned-action'],
    ],
    [
      'a step that an alias repeats',
      good.replace('- uses: ./actions/ledger', '- &s { uses: o/r@v1 }\n      - *s'),
      ['9:20 error unpinned-action'],
    ],
  ])('with %s is told', (_, text, expected) => expect(find(text)).toEqual(expected))

  test.each([
    ['permissions at each job', good.replace('permissions: {}\n', '').replace('timeout', 'permissions: {}\n    timeout')],
    ['a queue alone', `${good}concurrency: { group: a, queue: max }\n`],
    ['cancelling alone', `${good}concurrency: { group: a, cancel-in-progress: true }\n`],
    ['a called workflow, that has its own limits', `${good}  b: { uses: ./.github/workflows/w.yml }\n`],
    ['no jobs at all', 'on: push\n'],
  ])('with %s is fine', (_, text) => expect(find(text)).toEqual([]))
})

test('a composite action is held to the same rules', () => {
  expect(find('runs:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.a }}\n    - uses: o/r@v1\n', 'action')).toEqual([
    '5:13 error unpinned-action',
    '4:17 error script-injection',
  ])
})

test.each([
  ['actions/checkout@v4', false],
  [`actions/checkout@${commit}`, true],
  [`actions/checkout@${commit.slice(1)}`, false],
  ['./a', true],
  ['$/a', true],
  ['docker://alpine:3', false],
  [`docker://alpine@sha256:${'b'.repeat(64)}`, true],
  ['switchyard/switchyard/actions/ledger@v1', true],
  ['switchyard/other/actions/ledger@v1', false],
  ['evil/switchyard/switchyard/actions/ledger@v1', false],
])('%s pinned: %s', (uses, expected) => expect(isPinned(uses)).toBe(expected))

test.each([
  ['github.event.issue.title', true],
  ['GitHub.Event.issue.title', true],
  ["github['event'].issue", true],
  ["github['head_ref']", true],
  ['github.head_ref', true],
  ['github[matrix.name]', true],
  ["github['sha' && 'event']", true],
  ['toJSON(github)', true],
  ['github.*', true],
  ["format('{0}', inputs.name)", true],
  ['toJSON(inputs)', true],
  ['github.sha', false],
  ['github.event_name', false],
  ["github['sha']", false],
  ['steps.inputs.outputs.a', false],
  ['env.github', false],
  ["'github.event.x'", false],
])('%s untrusted: %s', (expression, expected) => expect(isUntrusted(expression)).toBe(expected))

test('expressions end at the first braces outside quotes', () => {
  expect(findExpressions("a ${{ format('}}') }} b ${{ x }}}")).toEqual([
    { expression: "format('}}')", offset: 2 },
    { expression: 'x', offset: 24 },
  ])
})
