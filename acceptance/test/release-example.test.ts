import { clickBoxes, createPerson, createReleaseStage, getBoard, type LiveStage, PLATFORM } from '@switchyard/cli/stage'
import type { Progress } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const SPRING = '2026-11-spring'
let stage: LiveStage
let progress: Progress[] = []

beforeAll(async () => {
  stage = await createReleaseStage({ runner: { onProgress: (each) => progress.push(each) } })
  for (const [login, role] of [
    ['reader', 'read'],
    ['writer', 'write'],
  ] as const) {
    stage.github.world.addUser({ login })
    stage.github.world.addCollaborator(PLATFORM, login, role)
  }
})
afterAll(() => stage.close())

/** What somebody does, and everything that it sets off. */
async function doing(act: () => Promise<unknown>): Promise<void> {
  progress = []
  await act()
  await stage.runner.idle()
}

const ends = (): readonly string[] =>
  progress.flatMap((each) => (each.kind === 'run-completed' ? [`${each.run.path.split('/').at(-1)}: ${each.conclusion}`] : [])).sort()
const summaries = (): string => progress.flatMap((each) => (each.kind === 'job-completed' ? [each.summary] : [])).join('\n')
const bodyOf = (slug = SPRING): string => getBoard(stage, slug).body
const standing = (slug = SPRING): string => /\*\*(\d+ of \d+) steps\*\*/.exec(bodyOf(slug))?.[1] ?? ''
const lastCheck = (slug = SPRING) =>
  [...stage.github.world.state.checkRuns.values()].filter(({ name }) => name === `release/${slug}`).at(-1)
const answers = (): readonly string[] => stage.commentsOf(PLATFORM, getBoard(stage, SPRING).issue)

/** A comment on the board of the spring release. Returns the answer. */
async function say(body: string, by = stage.maintainer): Promise<string> {
  await doing(() => by.comment(PLATFORM, getBoard(stage, SPRING).issue, body))
  expect(ends()).toEqual(['release-commands.yml: success'])
  return answers().at(-1) ?? ''
}

test('a comment activates the release: its board appears, and the answer leads there', async () => {
  const issue = await stage.maintainer.openIssue(PLATFORM, { title: 'Spring', body: '' })
  await doing(() => stage.maintainer.comment(PLATFORM, issue, `/release activate ${SPRING} --all !nord`))
  expect(ends()).toEqual(['release-commands.yml: success'])
  const board = getBoard(stage, SPRING)
  expect(stage.commentsOf(PLATFORM, issue).at(-1)).toMatch(new RegExp(`7 steps for 10 customers.*board is #${board.issue}:`, 's'))
  expect(board.body.match(/^- \[ \] /gm)).toHaveLength(70)
  expect(board.body).not.toContain('eu-2/nord')
  expect(lastCheck()).toMatchObject({ conclusion: 'action_required', output: { title: '0 %: 0 of 70 steps' } })
})

test('a comment that commands nothing costs no runner', async () => {
  await doing(() => stage.maintainer.comment(PLATFORM, getBoard(stage, SPRING).issue, 'Looks good to me.'))
  expect(progress.flatMap((each) => (each.kind === 'job-completed' ? [each.conclusion] : []))).toEqual(['skipped'])
})

test('a step is done for everybody at once, and the words behind it are kept', async () => {
  expect(await say('/step done announce --all Mail of 20 November')).toContain('**10 changes**')
  expect(standing()).toBe('10 of 70')
  expect(await say('/release customer eu-1/brede')).toContain('Mail of 20 November')
})

test('boxes that a person ticks are done by that person, and the board’s own redraw wakes nobody', async () => {
  const boxes = ['backup', 'migrate', 'roll-out', 'health', 'bookings', 'sign-off'].map((step) => ({ step, customer: 'eu-1/brede' }))
  await doing(() => clickBoxes(stage, SPRING, boxes))
  expect(ends()).toEqual(['release-board.yml: success'])
  expect(standing()).toBe('16 of 70')
  expect(await say('/step show backup eu-1/brede')).toMatch(/\*\*done\*\*.*\| done \| maintainer \|/s)
})

test('a box is unticked, and is to do again', async () => {
  const box = [{ step: 'sign-off', customer: 'eu-1/brede' }]
  await doing(() => clickBoxes(stage, SPRING, box))
  expect(standing()).toBe('15 of 70')
  expect(bodyOf()).toMatch(/^- \[ \] ↩️ Have it signed off `sign-off` <!-- eu-1\/brede -->$/m)
  await doing(() => clickBoxes(stage, SPRING, box))
  expect(standing()).toBe('16 of 70')
})

test('text that somebody writes into the board is put back, and why is said', async () => {
  const { issue, body } = getBoard(stage, SPRING)
  await doing(() =>
    stage.maintainer.request('PATCH', `/repos/${PLATFORM}/issues/${issue}`, { body: body.replace('Port of Brede', 'Port of Breda') }),
  )
  expect(bodyOf()).toBe(body)
  expect(answers().at(-1)).toContain('put back')
})

test('who may only read is told which role it takes, and who may write is told so of what ends a release', async () => {
  expect(await say('/step done backup --all', createPerson(stage.github, 'reader'))).toMatch(/@reader.*nothing was changed.*write/s)
  expect(await say('/release archive', createPerson(stage.github, 'writer'))).toMatch(/@writer.*nothing was changed.*maintain/s)
  expect(standing()).toBe('16 of 70')
})

test('what differs for one customer is said in one comment: other content, a skipped step with its reason, a step of its own', async () => {
  const answer = await say(
    [
      '/step override roll-out eu-1/kaldvik',
      '```bash',
      'set -eu',
      'echo "with ten minutes between"',
      '```',
      '',
      '/step add eu-2/fjordlink deploy text "Warm the timetables" --after roll-out',
      '```text',
      'The night ferry first.',
      '```',
      '',
      '/step skip bookings eu-1/lagune Closed until April, there are none',
    ].join('\n'),
  )
  expect(answer).toMatch(/\*\*3 changes\*\*.*`roll-out` overridden.*`custom-1` added.*`bookings` skipped: Closed until April/s)
  expect(standing()).toBe('17 of 71')
  expect(bodyOf()).toMatch(/^- \[ \] ⏭️ ~~Look for bookings without a season~~ `bookings` <!-- eu-1\/lagune -->$/m)
  expect(bodyOf()).toMatch(/`roll-out` <!-- eu-2\/fjordlink -->\n- \[ \] ➕ Warm the timetables `custom-1` <!-- eu-2\/fjordlink -->/)
  expect(await say('/step show roll-out kaldvik')).toMatch(/overridden.*with ten minutes between/s)
})

test('a comment of which one line is wrong does nothing', async () => {
  expect(await say('/step done backup --all\n/step skip migrate eu-1/kaldvik')).toContain('Nothing was done')
  expect(standing()).toBe('17 of 71')
})

test('a pull request on the release’s files is checked, and a fault is told at its line', async () => {
  const path = `release/releases/${SPRING}.yml`
  const text = await stage.git(PLATFORM, 'show', `main:${path}`)
  const propose = (branch: string, content: string) =>
    doing(async () => {
      await stage.maintainer.push({ repository: PLATFORM, branch, files: { [path]: `${content}\n` }, message: branch })
      await stage.maintainer.openPullRequest(PLATFORM, { title: branch, head: branch })
    })
  await propose('faulty', text.replace('type: release', 'type: relaese'))
  expect(ends()).toEqual(['release-lint.yml: failure'])
  const line = text.split('\n').indexOf('type: release') + 1
  expect(summaries()).toContain(`${path}:${line}:7`)
  await propose('sound', text.replace('Ask for its health', 'Ask each part for its health'))
  expect(ends()).toEqual(['release-lint.yml: success'])
  expect(summaries()).toMatch(/- `2026-11-spring` · `health`: gets another \w+, in \d+ pending copies/)
})

test('once it is merged, the changed step reaches everybody who has it pending, and leaves alone who has done it', async () => {
  const pulls = z
    .array(z.object({ number: z.number(), title: z.string() }))
    .parse(await stage.maintainer.request('GET', `/repos/${PLATFORM}/pulls`))
  await doing(() => stage.maintainer.merge(PLATFORM, pulls.find(({ title }) => title === 'sound')?.number ?? 0))
  expect(ends()).toEqual(['release-templates.yml: success'])
  expect(bodyOf()).toMatch(/^- \[ \] Ask each part for its health `health` <!-- eu-1\/kaldvik -->$/m)
  expect(await say('/step show health eu-1/kaldvik')).toContain('⬜ Ask each part for its health')
  expect(await say('/step show health eu-1/brede')).toContain('✅ Ask for its health')
  expect(standing()).toBe('17 of 71')
})

test('the form of the Actions page does what a comment does, and is kept to the same roles', async () => {
  const inputs = { command: 'done', release: SPRING, step: 'backup', customers: 'cluster:us-*', notes: 'By form' }
  await doing(() => stage.maintainer.dispatch(PLATFORM, 'release-form.yml', { ...inputs, 'dry-run': 'true' }))
  expect(summaries()).toContain('3 changes would be made')
  await doing(() => stage.maintainer.dispatch(PLATFORM, 'release-form.yml', inputs))
  expect(ends()).toEqual(['release-form.yml: success'])
  expect(standing()).toBe('20 of 71')
  await doing(() => createPerson(stage.github, 'writer').dispatch(PLATFORM, 'release-form.yml', { command: 'archive', release: SPRING }))
  expect(ends()).toEqual(['release-form.yml: failure'])
})

test('what is taken back and done again stays in the step’s history', async () => {
  await say('/step done backup --all\n/step done migrate --all\n/step done roll-out --all\n/step done custom-1 eu-2/fjordlink')
  await say('/step revert roll-out eu-2/ostara Answers take nine seconds')
  expect(standing()).toBe('44 of 71')
  await say('/step done roll-out eu-2/ostara Again, with more memory')
  expect(await say('/step show roll-out eu-2/ostara')).toMatch(/Again, with more memory.*Answers take nine seconds/s)
})

test('the release is walked to 100 %: its check run succeeds, and the board says how to close it', async () => {
  await say('/step done health --all\n/step done bookings --all !lagune\n/step done sign-off --all')
  expect(standing()).toBe('71 of 71')
  expect(lastCheck()).toMatchObject({ conclusion: 'success', output: { title: '100 %: 71 of 71 steps' } })
  expect(bodyOf()).toMatch(/Every step is done or skipped.*`\/release archive`/)
})

test('a customer who joins late makes it less than 100 % again', async () => {
  expect(await say('/release add nord')).toContain('eu-2/nord')
  expect(standing()).toBe('71 of 78')
  expect(lastCheck()).toMatchObject({ conclusion: 'action_required', output: { title: '91 %: 71 of 78 steps' } })
})

test('an archived release is closed for good', async () => {
  await say(
    ['announce', 'backup', 'migrate', 'roll-out', 'health', 'bookings', 'sign-off'].map((step) => `/step done ${step} nord`).join('\n'),
  )
  await say('/release archive')
  expect(bodyOf()).not.toMatch(/^- \[/m)
  expect(await say('/step revert backup --all')).toMatch(/Refused.*NOT_ACTIVE/s)
})

test('a matrix that was a spreadsheet is taken over with who did what and when, and walked to its end', async () => {
  const slug = '2026-11-hotfix-tls'
  const press = (inputs: Readonly<Record<string, string>>) =>
    doing(() => stage.maintainer.dispatch(PLATFORM, 'release-form.yml', { release: slug, ...inputs }))
  await press({ command: 'activate' })
  await press({ command: 'import' })
  expect(ends()).toEqual(['release-form.yml: success'])
  expect(standing(slug)).toBe('17 of 33')
  await press({ command: 'customer', customers: 'eu-1/brede' })
  expect(summaries()).toMatch(/2026-11-19 18:01 UTC \| release\\-desk \| Went first/)
  for (const step of ['rotate', 'reload']) await press({ command: 'done', step, customers: '--all !lagune' })
  await press({ command: 'done', step: 'handshake', customers: '--all !lagune' })
  expect(standing(slug)).toBe('33 of 33')
  await press({ command: 'export' })
  expect(ends()).toEqual(['release-form.yml: success'])
  expect(summaries()).toContain('33 rows of `2026-11-hotfix-tls` were written to `release/matrix.csv`')
  expect(JSON.stringify(progress)).toMatch(/\d+ events of switchyard\/release are in release-events\.jsonl/)
  expect(JSON.stringify(progress)).toContain('The artifact 2026-11-hotfix-tls would be 2 files')
})
