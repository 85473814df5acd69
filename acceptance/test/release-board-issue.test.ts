import { afterEach, expect, test } from 'vitest'
import { sendTo } from '../src/acts.ts'
import { createReleaseStage, MAINTAINER, PLATFORM, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const STEP = '    - { id: one, name: One, type: text, content: x }\n'
const releaseOf = (steps: string): string => `name: Small\ntype: hotfix\nsteps:\n  deploy:\n${steps}`

let stage: ReleaseStage
afterEach(() => stage.close())

async function activate(files: Readonly<Record<string, string>> = {}): Promise<void> {
  stage = await createReleaseStage({ files: { 'release/releases/small.yml': releaseOf(STEP), ...files } })
  await stage.say(await stage.openIssue('Small'), '/release activate small')
}

function stateOf(number: number): readonly (string | undefined)[] {
  const { world } = stage.github
  const { id } = world.repository(PLATFORM)
  const issue = [...world.state.issues.values()].find((each) => each.repositoryId === id && each.number === number)
  return [issue?.state, issue?.stateReason]
}

const setState = (number: number, state: 'open' | 'closed') =>
  sendTo(stage.github, stage.tokenOf(MAINTAINER), { method: 'PATCH', path: `/repos/${PLATFORM}/issues/${number}`, body: { state } })

/** Issues that were opened beside the board. */
const pagesOf = (): readonly number[] =>
  [...stage.github.world.state.issues.values()].filter(({ title }) => title.includes(' · page ')).map(({ number }) => number)

const reopened = (): readonly string[] => stage.commentsOf(BOARD).filter((body) => body.includes('so its board is open again'))

test('an archived release’s board is closed as completed when nothing was left', async () => {
  await activate()
  await stage.say(BOARD, '/step done one --all')
  expect(stateOf(BOARD)).toEqual(['open', undefined])
  await stage.say(BOARD, '/release archive')
  expect(stateOf(BOARD)).toEqual(['closed', 'completed'])
  expect(stage.bodyOf(BOARD)).not.toMatch(/^- \[[ x]\] /m)
})

test('a board with open steps is closed as not planned; whoever opens it again is left in peace', async () => {
  await activate()
  await stage.say(BOARD, '/release archive')
  expect(stateOf(BOARD)).toEqual(['closed', 'not_planned'])
  await setState(BOARD, 'open')
  await stage.say(BOARD, '/release status')
  expect(stateOf(BOARD)).toEqual(['open', 'reopened'])
})

test('a board that was closed by hand is open again with the next change, and says once how a release is ended', async () => {
  await activate()
  await setState(BOARD, 'closed')
  await stage.say(BOARD, '/release status')
  expect(stateOf(BOARD)[0]).toBe('closed')
  await stage.say(BOARD, '/step done one eu-1/brede')
  expect(stateOf(BOARD)[0]).toBe('open')
  await stage.say(BOARD, '/step done one eu-1/kaldvik')
  expect(reopened()).toHaveLength(1)
  expect(reopened()[0]).toContain('`/release archive`')
})

test('pages are closed with their board; one that was closed by hand stays so while its customers are worked off', async () => {
  const customers = Array.from({ length: 40 }, (_, at) => `{ name: Customer ${at}, namespace: customer-${at} }`)
  const steps = Array.from({ length: 25 }, (_, at) => STEP.replace('one', `s-${at}`))
  await activate({
    'release/inventory.yml': `clusters:\n  - name: eu-1\n    customers: [${customers.join(', ')}]\n`,
    'release/releases/small.yml': releaseOf(steps.join('')),
  })
  const pages = pagesOf()
  const [first = 0, second = 0] = pages
  await setState(first, 'closed')
  await stage.say(BOARD, '/step done s-0 eu-1/customer-0')
  expect(stage.bodyOf(first)).toMatch(/^- \[x\] /m)
  expect([stateOf(first)[0], stateOf(second)[0]]).toEqual(['closed', 'open'])
  await stage.say(BOARD, '/release archive')
  expect([BOARD, ...pages].map((number) => stateOf(number)[0])).toEqual([BOARD, ...pages].map(() => 'closed'))
})

test('who did what for a customer stands in the ledger where the board’s link leads', async () => {
  await activate()
  expect(stage.bodyOf(BOARD)).not.toContain('/blob/')
  await stage.say(BOARD, '/step done one eu-1/brede')
  const [, url = '', path = ''] = /\[who did what\]\((\S+?\/blob\/switchyard\/release\/(\S+))\)/.exec(stage.bodyOf(BOARD)) ?? []
  expect(stage.bodyOf(BOARD)).toContain(`| [brede](${url}) |`)
  expect((await stage.readLedger()).get(path)).toMatch(/"by":"maintainer".*"step":"one".*"what":"done"/)
})
