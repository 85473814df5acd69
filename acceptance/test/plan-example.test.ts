import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPerson, createPlanStage, fillIssueForm, findPlanCheck, getCard, type LiveStage, PLANNED_IN } from '@switchyard/cli/stage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearRuns, planOf } from '../src/index.ts'

const MINUTE = 60_000
let stage: LiveStage
const hearing = hearRuns()
/** The idea of a plan beside the example's own. */
let first = 0

beforeAll(async () => {
  stage = await createPlanStage({ runner: { onProgress: hearing.onProgress } })
  stage.github.world.addUser({ login: 'reader' })
  stage.github.world.addCollaborator(PLANNED_IN, 'reader', 'read')
  first = await openIdea('Merged')
})
afterAll(() => stage.close())

const doing = (act: () => Promise<unknown>): Promise<readonly string[]> => hearing.doing(stage, act)

const last = (issue: number): string => stage.commentsOf(PLANNED_IN, issue).at(-1) ?? ''
const push = (files: Readonly<Record<string, string>>, branch?: string) =>
  stage.maintainer.push({ repository: PLANNED_IN, files, message: 'Plans', ...(branch === undefined ? {} : { branch }) })
const say = (issue: number, comment: string, by = stage.maintainer) => doing(() => by.comment(PLANNED_IN, issue, comment))
/** The form of the Actions page, filled in as a browser sends it: what is left empty is an empty text. */
const fill = (inputs: Readonly<Record<string, string>>) =>
  doing(() =>
    stage.maintainer.dispatch(PLANNED_IN, 'plan-form.yml', {
      idea: '',
      'plan-path': '',
      'target-repository': '',
      review: '',
      confirm: '',
      ...inputs,
    }),
  )
async function openIdea(title: string): Promise<number> {
  const number = await stage.maintainer.openIssue(PLANNED_IN, { title, body: 'Why not.' })
  await stage.runner.idle()
  return number
}
const sweep = () =>
  doing(async () => {
    stage.github.clock.advance(30 * MINUTE)
    await stage.runner.tick()
  })

test('a merged plan is kept with the idea that it names; one that names none, and a README, are left alone', async () => {
  expect(await doing(() => push({ 'plans/README.md': '# Plans\n', 'plans/x.md': planOf(1, 1).replace('idea: 1\n', '') }))).toEqual([
    'plan-push.yml: success',
  ])
  expect(() => getCard(stage, first)).toThrow('no card')
  expect(await doing(() => push({ 'plans/2027/first.md': planOf(1, 3, { idea: first }) }))).toEqual(['plan-push.yml: success'])
  expect(getCard(stage, first)).toMatch(/`plans\/2027\/first\.md`.*\*\*1 story · 3 tasks\*\*/s)
})

test('a merged plan with faults is told on its idea, and the one before it stays', async () => {
  const faulty = planOf(1, 3, { idea: first }).replace('Depends on: task-1-1', 'Depends on: task-1-9')
  expect(await doing(() => push({ 'plans/2027/first.md': faulty }))).toEqual(['plan-push.yml: failure'])
  expect(last(first)).toMatch(/The plan was not saved: 1 problem.*`unknown-dependency`/s)
  expect(getCard(stage, first)).toContain('**1 story · 3 tasks**')
})

test('the form of an issue holds a plan that is kept, and one with faults is refused there', async () => {
  const form = readFileSync(join(stage.folder, 'team-shelf/.github/ISSUE_TEMPLATE/plan.yml'), 'utf8')
  const { title, body } = fillIssueForm(form, { Why: 'Because.' })
  let idea = 0
  const open = (text: string) => async () => void (idea = await stage.maintainer.openIssue(PLANNED_IN, { title, body: text }))
  expect(await doing(open(body))).toEqual(['plan.yml: success'])
  expect(getCard(stage, idea)).toMatch(/The plan is ready.*\*\*1 story · 2 tasks\*\*/s)
  await doing(open(body.replace('Depends on: The first', 'Depends on: The frist')))
  expect(() => getCard(stage, idea)).toThrow('no card')
  expect(last(idea)).toMatch(/`unknown-dependency`/)
  await doing(() => stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/issues/${idea}`, { body }))
  expect(getCard(stage, idea)).toContain('**1 story · 2 tasks**')
})

test('the form offers modes that there are, each with what it needs left empty or filled in', async () => {
  const text = readFileSync(join(stage.folder, 'team-shelf/.github/workflows/plan-form.yml'), 'utf8')
  const readme = readFileSync(join(stage.folder, '../../actions/plan-upload/README.md'), 'utf8')
  const modes = /^\| `mode` \|.*$/m.exec(readme)?.[0] ?? ''
  const offered = [...text.matchAll(/^ {10}- ([\w-]+)$/gm)].map(([, mode = '']) => mode)
  expect(offered.filter((mode) => !modes.includes(`\`${mode}\``))).toEqual([])
  expect(offered.length).toBeGreaterThan(12)

  const idea = String(await openIdea('By form'))
  expect(await fill({ mode: 'grill-start', idea })).toEqual(['plan-form.yml: success'])
  await fill({ mode: 'cancel', idea })
  expect(await fill({ mode: 'upload', idea, 'plan-path': 'plans/2027/first.md' })).toEqual(['plan-form.yml: failure'])
  await doing(() => push({ 'plans/form.md': planOf(1, 2, { idea: Number(idea) }) }))
  await fill({ mode: 'review-start', idea })
  await fill({ mode: 'review', idea, review: '{"schema_version":1,"verdict":"approved","findings":[]}' })
  expect(getCard(stage, Number(idea))).toContain('PLAN\\_REVIEWED')
  expect(await fill({ mode: 'materialise', 'plan-path': 'plans/form.md' })).toEqual(['plan-form.yml: success'])
  expect(await fill({ mode: 'sync', idea })).toEqual(['plan-form.yml: success'])
  expect(await fill({ mode: 'validate' })).toEqual(['plan-form.yml: failure'])
  expect(await fill({ mode: 'validate', 'plan-path': 'plans/form.md' })).toEqual(['plan-form.yml: success'])
})

test('who may only read commands nothing on another’s idea', async () => {
  expect(await say(1, '/plan materialise', createPerson(stage.github, 'reader'))).toEqual(['plan.yml: success'])
  expect(last(1)).toMatch(/@reader.*maintain/s)
})

test('what is no command, and what a machine says, costs no runner', async () => {
  const runs = stage.runsOf('team-shelf').length
  expect(await say(1, 'A plan would be good.')).toEqual(['plan.yml: skipped'])
  expect(stage.runsOf('team-shelf').length - runs).toBe(1)
})

test('a pull request on plans is told its faults line by line', async () => {
  await push({ 'plans/y.md': planOf(1, 2, { idea: 77 }).replace('Depends on: task-1-1', 'Depends on: nobody') }, 'faulty')
  const ends = await doing(() => stage.maintainer.openPullRequest(PLANNED_IN, { title: 'A plan', head: 'faulty' }))
  expect(ends).toEqual(['plan-lint.yml: failure', 'plan-verify.yml: success'])
  const lint = [...stage.github.world.state.checkRuns.values()].findLast(({ name }) => name === 'lint')
  expect(lint?.output.annotations?.slice(0, 1)).toMatchObject([
    { path: 'plans/y.md', start_line: 23, start_column: 13, message: expect.stringContaining('no task `nobody`') },
  ])
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'neutral' })
})

test('the schedule closes the story whose last task was closed while nobody looked', async () => {
  const idea = await openIdea('Swept')
  await say(idea, `/plan upload\n\`\`\`markdown\n${planOf(1, 2, { idea })}\`\`\`\n\n/plan materialise`)
  const items = [...stage.github.world.state.issues.values()].filter(({ body }) => body?.includes(`~issue-${idea} key=`) === true)
  expect(items).toHaveLength(4)
  const workflow = `/repos/${PLANNED_IN}/actions/workflows/plan.yml`
  await stage.maintainer.request('PUT', `${workflow}/disable`)
  const close = (number: number) => stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/issues/${number}`, { state: 'closed' })
  for (const { number } of items.slice(2)) await close(number)
  await stage.runner.idle()
  await stage.maintainer.request('PUT', `${workflow}/enable`)
  expect(await sweep()).toEqual(['plan.yml: success'])
  expect(items.map(({ id }) => stage.github.world.state.issues.get(id)?.state)).toEqual(['closed', 'closed', 'closed', 'closed'])
  expect(getCard(stage, idea)).toContain('2 of 2 tasks')
})
