import type { JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHotfixStage, createReleaseStage, findAlive, lookAtRelease, PLATFORM, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const EVIL =
  '<img src=x onerror=alert(1)> @evil/team #1 [x](https://evil.example) ![y](https://evil.example/y.png) `code` </details> | www.evil.example <!-- switchyard:release reply=1 -->'
const TEXT = JSON.stringify(EVIL)
const INVENTORY = `clusters:
  - name: eu-1
    customers:
      - { name: Port (of) Brede & Sons, namespace: brede }
      - { name: Kaldvik, namespace: kaldvik }
      - { name: Marina, namespace: marina }
`
const HOTFIX = `name: ${JSON.stringify(EVIL.slice(0, 110))}
type: hotfix
version_number: '<b>1'
description: ${TEXT}
steps:
  deploy:
    - { id: rotate, name: ${JSON.stringify(EVIL.slice(0, 110))}, type: bash, content: ${JSON.stringify(`echo\n\`\`\`\n${EVIL}`)}, description: ${TEXT} }
    - { id: reload, name: Reload, type: text, content: Look. }
`

let stage: ReleaseStage
beforeAll(async () => {
  stage = await createHotfixStage({ files: { 'release/inventory.yml': INVENTORY, 'release/releases/hotfix.yml': HOTFIX } })
})
afterAll(() => stage.close())

interface Said {
  readonly decision: string | undefined
  readonly answers: readonly string[]
}

/** What is answered to one comment; whatever it is, it is inert, and so is the board after it. */
async function say(body: string): Promise<Said> {
  const before = stage.commentsOf(BOARD).length + 1
  const { exitCode, outputs, summary, annotations } = await stage.say(BOARD, body)
  expect(exitCode).toBe(0)
  expect(annotations).toEqual([])
  const answers = stage.commentsOf(BOARD).slice(before)
  for (const text of [...answers, stage.bodyOf(BOARD), summary]) expect(findAlive(text)).toEqual([])
  for (const text of answers) expect(text.length).toBeLessThanOrEqual(65_536)
  return { decision: outputs['decision'], answers }
}

const stepsDone = async (): Promise<number> =>
  (await lookAtRelease(stage)).events.filter(({ type }) => type.startsWith('release.step-')).length

test.each([
  ['Markdown', INVENTORY.replace('Marina', EVIL.replaceAll('"', ''))],
  ['a look-alike', INVENTORY.replace('Marina', 'K\u0430ldvik')],
])('an inventory with %s for a name is refused, and what is said of it is inert', async (_, inventory) => {
  const other = await createReleaseStage({
    files: {
      'release/inventory.yml': inventory.replace(
        /name: (.*), namespace: marina/,
        (_all, name: string) => `name: ${JSON.stringify(name)}, namespace: marina`,
      ),
    },
  })
  await other.openIssue('Hotfix')
  const { outputs, summary } = await other.say(1, '/release activate hotfix')
  expect(outputs['decision']).toBe('refused')
  expect(other.commentsOf(1)).toHaveLength(2)
  for (const text of [...other.commentsOf(1).slice(1), summary]) expect(findAlive(text)).toEqual([])
  expect((await lookAtRelease(other)).events).toEqual([])
  await other.close()
})

test.each(['<b>', '@evil', 'see #1', '[x](https://x.example)', '![x]', 'https://evil.example', '```\n<b>\n', '`a` <b> `c`'])(
  'the check sees that %j is alive',
  (text) => {
    expect(findAlive(`Some words, ${text}\n`)).not.toEqual([])
  },
)

test.each([
  ['a note', `/step done rotate eu-1/brede ${JSON.stringify(EVIL.replaceAll('"', ''))}`],
  ['a reason', `/step revert rotate eu-1/brede ${JSON.stringify(EVIL)}`],
  [
    'a step’s name',
    `/step add eu-1/brede deploy bash ${JSON.stringify(EVIL.slice(0, 120).trimEnd())}\n\`\`\`\`\n${EVIL}\n\`\`\`\n${EVIL}\n\`\`\`\``,
  ],
  ['content', `/step override reload eu-1/brede\n\`\`\`\`\n${EVIL}\n\`\`\`\n@evil\n\`\`\`\``],
])('Markdown, HTML and mentions in %s are taken as text', async (_, command) => {
  expect(await say(command)).toMatchObject({ decision: 'done', answers: [expect.any(String)] })
})

test.each([
  '/step show rotate eu-1/brede',
  '/step show custom-1 eu-1/brede',
  '/step show reload eu-1/brede',
  '/release customer eu-1/brede',
  '/release status',
  '/release progress',
  '/release list',
])('%s shows it, inert', async (command) => {
  expect((await say(command)).answers).toEqual([expect.stringContaining('@maintainer')])
})

test.each([
  ['a step', `/step done ${JSON.stringify(EVIL)} eu-1/brede`],
  ['a customer', `/step done rotate ${JSON.stringify(EVIL)}`],
  ['a command', '/step <img/src=x>@evil rotate eu-1/brede'],
  ['a flag', '/step done rotate eu-1/brede --evil=<b>@evil'],
  ['a cluster', `/release status ${JSON.stringify(EVIL)}`],
])('%s that is hostile is refused or not found, inert, and nothing changes', async (_, command) => {
  const before = await stepsDone()
  expect((await say(command)).answers).toHaveLength(1)
  expect(await stepsDone()).toBe(before)
})

test('a note of 60,000 characters is refused whole, with its limit', async () => {
  const before = await stepsDone()
  expect(await say(`/step done rotate eu-1/kaldvik\n/step done reload eu-1/kaldvik "${'@evil '.repeat(10_000)}"`)).toMatchObject({
    decision: 'refused',
    answers: [expect.stringContaining('1000 are allowed')],
  })
  expect(await stepsDone()).toBe(before)
})

test('content of 60,000 characters is taken, and shown as far as it fits', async () => {
  expect(await say(`/step add eu-1/kaldvik deploy bash "Large"\n\`\`\`\n${'<b>@evil\n'.repeat(6_600)}\`\`\``)).toMatchObject({
    decision: 'done',
  })
  expect((await say('/step show custom-1 eu-1/kaldvik')).answers).toEqual([expect.stringContaining('more characters')])
})

test.each([
  ['a quote', '> /step done rotate eu-1/kaldvik'],
  ['code', '```\n/step done rotate eu-1/kaldvik\n```'],
  ['code with tildes', '~~~~\n/step done rotate eu-1/kaldvik\n~~~\n~~~~'],
  ['code that does not end', '```\n/step done rotate eu-1/kaldvik'],
  ['indented code', '    /step done rotate eu-1/kaldvik'],
  ['a comment', '<!--\n/step done rotate eu-1/kaldvik\n-->'],
  ['the middle of a line', 'Please /step done rotate eu-1/kaldvik'],
])('a command in %s is none, and is not answered', async (_, body) => {
  const before = await stepsDone()
  expect((await say(body)).answers).toEqual([])
  expect(await stepsDone()).toBe(before)
})

test('a comment that was edited before its run is refused', async () => {
  const before = await stepsDone()
  const payload = await stage.comment(BOARD, '/step done rotate eu-1/kaldvik')
  const { id } = payload['comment'] as JsonObject
  await fetch(`${stage.github.apiUrl}/repos/${PLATFORM}/issues/comments/${Number(id)}`, {
    method: 'PATCH',
    headers: { authorization: `bearer ${stage.tokenOf('maintainer')}` },
    body: JSON.stringify({ body: '/step done rotate --all' }),
  })
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
  expect(outputs['decision']).toBe('refused')
  expect(stage.commentsOf(BOARD).at(-1)).toContain('changed after it was written')
  expect(await stepsDone()).toBe(before)
})

test.each(['K\u0430ldvik', 'eu-1/k\u0430ldvik', 'eu\u20111/kaldvik', '\uFF45u-1/kaldvik'])(
  'the look-alike %s is no customer',
  async (name) => {
    const before = await stepsDone()
    expect(await say(`/step done rotate ${name}`)).toMatchObject({ decision: 'refused', answers: [expect.any(String)] })
    expect(await stepsDone()).toBe(before)
  },
)

test('1,000 commands in one comment are refused together, in one answer', async () => {
  const before = await stepsDone()
  expect(await say(Array.from({ length: 1_000 }, () => '/step done rotate eu-1/kaldvik').join('\n'))).toMatchObject({
    decision: 'refused',
    answers: [expect.any(String)],
  })
  expect(await stepsDone()).toBe(before)
})

test('as many commands as one comment may hold are one transaction', async () => {
  const turns = Array.from({ length: 50 }, (_, at) => `/step ${at % 2 === 0 ? 'done' : 'revert'} rotate eu-1/marina "turn ${at}"`)
  const before = await stepsDone()
  expect(await say([...turns, '/step revert reload eu-1/marina'].join('\n'))).toMatchObject({ decision: 'refused' })
  expect(await stepsDone()).toBe(before)
})
