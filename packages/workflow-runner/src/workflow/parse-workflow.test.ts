import { expect, test } from 'vitest'
import { parseWorkflow } from './parse-workflow.ts'
import { parseUses } from './uses.ts'

const job = (body: string): string => `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${body}`

test.each([
  ['YAML that does not parse', 'on: [\n', [[2, 1, /./]]],
  ['an unknown event', 'on: pushed\njobs: { a: { runs-on: x, steps: [{ run: y }] } }\n', [[1, 5, /Unexpected value 'pushed'/]]],
  ['a key that is not supported', job('    container: x\n    steps: [{ run: y }]\n'), [[5, 5, /`container` is not supported/]]],
  [
    'two faults at once',
    job('    services: {}\n    steps: [{ uses: "x" }, { uses: "docker://x" }]\n'),
    [
      [5, 5, /`services`/],
      [6, 13, /names no action/],
      [6, 28, /container actions/],
    ],
  ],
  ['a step id twice', job('    steps: [{ run: y, id: one }, { run: y, id: One }]\n'), [[5, 34, /'One' may not be used more than once/]]],
  [
    'jobs that need each other',
    'on: push\njobs:\n  a: { needs: b, runs-on: x, steps: [{ run: y }] }\n  b: { needs: a, runs-on: x, steps: [{ run: y }] }\n',
    [
      [3, 3, /depends on itself/],
      [4, 3, /depends on itself/],
      [3, 3, /at least one job with no dependencies/],
    ],
  ],
  [
    'a queue that cancels',
    job('    concurrency: { group: x, queue: max, cancel-in-progress: true }\n    steps: [{ run: y }]\n'),
    [[5, 18, /cannot be used together/]],
  ],
  ['a call of something else', 'on: push\njobs: { a: { uses: acme/tools@v1 } }\n', [[2, 9, /names no workflow file/]]],
  [
    'an insert expression',
    job('    env: { "${{ insert }}": "${{ fromJSON(1) }}" }\n    steps: [{ run: y }]\n'),
    [[5, 12, /insert|not supported|Unexpected/]],
  ],
] as const)('%s is refused with its place', async (_, text, expected) => {
  const parsed = await parseWorkflow('x.yml', text)
  const faults = parsed.ok ? [] : parsed.faults
  expect(faults.map(({ at, message }) => [at.line, at.column, message])).toEqual(
    expected.map(([line, column, pattern]) => [line, column, expect.stringMatching(pattern)]),
  )
})

test('a block of text keeps its lines and loses its indentation, expressions or not', async () => {
  const parsed = await parseWorkflow(
    'x.yml',
    job(
      '    steps:\n      - run: |\n          echo ${{ github.sha }}\n            indented\n      - run: >-\n          folded ${{ github.ref }}\n          text\n',
    ),
  )
  const steps = parsed.ok ? parsed.workflow.jobs.get('a') : undefined
  const scripts =
    steps?.kind === 'steps'
      ? steps.steps.map((step) => (step.kind === 'run' && step.script.kind === 'expression' ? step.script.text : undefined))
      : []
  expect(scripts).toEqual(['echo ${{ github.sha }}\n  indented\n', 'folded ${{ github.ref }} text'])
})

test.each([
  ['./a/b/', { kind: 'local', path: 'a/b' }],
  ['$/a', { kind: 'self', path: 'a' }],
  ['o/r@v1', { kind: 'repository', repository: 'o/r', path: '', ref: 'v1' }],
  ['o/r/a/b@feature/x', { kind: 'repository', repository: 'o/r', path: 'a/b', ref: 'feature/x' }],
  ['./.github/workflows/x.yml', { kind: 'workflow', repository: undefined, path: '.github/workflows/x.yml', ref: undefined }],
  ['o/r/.github/workflows/x.yml@v1', { kind: 'workflow', repository: 'o/r', path: '.github/workflows/x.yml', ref: 'v1' }],
  ['docker://alpine', { kind: 'docker' }],
  ['o/r', { kind: 'malformed' }],
  ['r@v1', { kind: 'malformed' }],
])('uses: %s names %j', (text, expected) => {
  expect(parseUses(text)).toEqual(expected)
})
