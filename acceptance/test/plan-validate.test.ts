import type { ActionResult } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, type NewPull, openPull, type OpenPull, planOf, type PlanStage, SHELF, SMALL_PLAN } from '../src/index.ts'

const STRAY = '\n### Nope\n'
/** Of another idea than all the others: each has one plan. */
const planFor = (idea: number): string => SMALL_PLAN.replace('idea: 1\n', `idea: ${idea}\n`)
const RULES = '.github/switchyard.yml'
let stage: PlanStage
let reading: string
beforeAll(async () => {
  stage = await createPlanStage({
    files: {
      'plans/README.md': '# How we plan',
      'plans/old.md': planFor(2),
      'plans/gone.md': planFor(3),
      'plans/untouched.md': `${planFor(4)}${STRAY}`,
      'plans/sub/deep/one.md': `${planFor(5)}${STRAY}`,
      [RULES]: 'commands: []\n',
    },
  })
  // What the README gives the job, and nothing else.
  reading = stage.github.world.createToken({ kind: 'job', repository: SHELF, permissions: { contents: 'read', pull_requests: 'read' } })
})
afterAll(() => stage.close())

const open = (branch: string, files: NewPull['files']): Promise<OpenPull> => openPull(stage, { branch, files })

const check = ({ payload }: OpenPull, inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> =>
  stage.play({ eventName: 'pull_request', payload, inputs, token: reading })

const places = ({ annotations }: ActionResult): string[] =>
  annotations.map(({ file, line, column, message }) => `${file ?? ''}:${line ?? ''}:${column ?? ''} ${message.split(/[.:,] /, 1)[0] ?? ''}`)

test('a pull request’s own plans are checked, wherever they are below the folder, and nothing that it leaves alone', async () => {
  const pull = await open('many', {
    'plans/crlf.md': `\ufeff${planFor(6).replace('title: Reminders', 'title: Reminders\nlabelz: [x]')}${STRAY}`.replaceAll('\n', '\r\n'),
    'plans/sub/new.md': planFor(7).replace('title:', 'titel:'),
    'plans/a,b::c%0A.md': `${planFor(8)}${STRAY}`,
    'plans/binary.md': 'a\u0000b',
    'plans/sound.md': planFor(9),
    'plans/gone.md': null,
    'plans/old.md': null,
    'plans/renamed.md': `${planFor(2)}${STRAY}`,
    'plans/README.md': 'No plan.',
    'plans/notes.txt': 'No plan.',
    'docs/plan.md': '# No plan',
  })
  const checked = await check(pull)
  expect(checked.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'plan-faulty' })
  expect(places(checked)).toEqual([
    'plans/a,b::c%0A.md:34:1 `### Nope` is no heading of a plan',
    'plans/binary.md:1:1 plans/binary.md cannot be read as text',
    'plans/crlf.md:3:1 `labelz` is not a key of this file',
    'plans/crlf.md:35:1 `### Nope` is no heading of a plan',
    'plans/renamed.md:34:1 `### Nope` is no heading of a plan',
    'plans/sub/new.md:2:1 The file needs `title`',
    'plans/sub/new.md:2:1 `titel` is not a key of this file',
  ])
  expect(checked.summary).toContain('## ❌ 5 of 6 plans cannot be uploaded')

  // By hand, too, it is the pull request's version that counts.
  const byHand = await stage.play({ inputs: { mode: 'validate', 'pull-request': String(pull.number) }, token: reading })
  expect(places(byHand)).toEqual(places(checked))
})

test('what a pull request deletes, and rules that it leaves alone, are not its fault', async () => {
  const gone = await check(await open('gone', { 'plans/gone.md': null }))
  expect({ ...gone.outputs, log: gone.log }).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'not-for-us' })
  const split = await check(await open('split', { 'plans/wide.md': planOf(1, 95, { idea: 10 }) }))
  expect(split.outputs).toMatchObject({ decision: 'done', 'reason-code': 'plans-sound' })
  expect(places(split)).toEqual(['plans/wide.md:10:1 The story has 95 tasks'])
})

test('faults of the rules are told on their line, and on the page', async () => {
  const pull = await open('rules', { [RULES]: 'accepts: 1\nx: 2\n' })
  const checked = await check(pull)
  expect(places(checked)).toEqual([`${RULES}:1:10 \`accepts\` must be a list`, `${RULES}:2:1 \`x\` is not a key of this file`])
  expect(checked.summary).toContain(`### ❌ \`${RULES}\``)
  expect((await check(await open('binary', { [RULES]: 'a\u0000b' }))).outputs['reason-code']).toBe('plan-faulty')
})

test('by hand, all plans of the folder are checked with no more than `contents: read`', async () => {
  const token = stage.github.world.createToken({ kind: 'job', repository: SHELF, permissions: { contents: 'read' } })
  const all = await stage.play({ inputs: { mode: 'validate', 'plans-path': './plans/' }, token })
  expect(places(all)).toEqual([
    'plans/sub/deep/one.md:34:1 `### Nope` is no heading of a plan',
    'plans/untouched.md:34:1 `### Nope` is no heading of a plan',
    `${RULES}:1:11 \`commands\` is empty`,
  ])
  const none = await stage.play({ inputs: { mode: 'validate', 'plan-path': 'plans/none.md' }, token })
  expect(none.outputs['reason-code']).toBe('plan-faulty')
  expect(none.summary).toContain('### ❌ `plans/none.md`')
})

test('of more faults than GitHub shows, the log has the rest with their places', async () => {
  const checked = await check(await open('faulty', { 'plans/f1.md': planFor(11) + STRAY.repeat(150), 'plans/f2.md': planFor(12) + STRAY }))
  expect(checked.annotations).toHaveLength(10)
  expect(checked.log).toContain('error: plans/f1.md:52:1: `### Nope` is no heading of a plan.')
  expect(checked.log).toContain('error: plans/f2.md:34:1: `### Nope` is no heading of a plan.')
})

test('two plans of one idea are told of on the line that names it, also where one of them is left alone', async () => {
  const pull = await open('twice', {
    'plans/again.md': planFor(3),
    'plans/x.md': planFor(13),
    'plans/y.md': planFor(13).replace('idea:', '"idea":'),
  })
  const checked = await check(pull)
  expect(checked.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'plan-faulty' })
  expect(checked.annotations.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    expect.stringContaining('plans/again.md:3 `plans/again.md` names the idea #3, and so does `plans/gone.md`. An idea has one plan'),
    expect.stringContaining('plans/x.md:3 `plans/x.md` names the idea #13, and so does `plans/y.md`.'),
    expect.stringContaining('plans/y.md:3 `plans/y.md` names the idea #13, and so does `plans/x.md`.'),
  ])
  expect(checked.summary).toContain('## ❌ 3 of 3 plans cannot be uploaded')
})
