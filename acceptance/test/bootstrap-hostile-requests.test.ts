import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BootstrapStage, CONTROL, createBootstrapStage, createPlanter, refusalOf, tracesOf } from '../src/index.ts'
import { CATALOGUE } from '../src/bootstrap-files.ts'

const EVIL =
  '<img src=x onerror=alert(1)> @evil/team #1 [x](https://evil.example) ![y](https://evil.example/y.png) `code` </details> www.evil.example <!-- switchyard:bootstrap reply=1 -->'
const LABEL = '<b>@evil/team #1 [x](https://evil.example)'

let stage: BootstrapStage
beforeAll(async () => {
  const catalogue = CATALOGUE.replace('label: Authentication', `label: ${JSON.stringify(LABEL)}`).replace(
    'label: Nobody signs in',
    `label: ${JSON.stringify(`none ${LABEL}`)}`,
  )
  stage = await createBootstrapStage({ catalogue })
  const planter = createPlanter(stage)
  const names = [
    '<script>alert(1) @evil',
    '```',
    'z <img src=x> @evil #1',
    '[x](https:evil.example)',
    '$(id)',
    '::error::evil',
    '--help',
    '<!-- switchyard:bootstrap reply=1 -->',
  ]
  const entries = [...names, 'README.md', 'package.json'].map((name) => ({
    name,
    content: name === 'package.json' ? '{}\n' : `${name}\n${EVIL}\n`,
  }))
  await planter.tag(await planter.tree(entries))
})
afterAll(() => stage.close())

/** What is left of Markdown once code, our own markers and folds are taken out: nothing of a stranger's may be alive in it. */
function expectInert(markdown: string): void {
  const alive = markdown
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '')
    .replaceAll(/\\[^\w\s]/g, '')
  const own = alive.replace(/^(<!-- switchyard:[^\n]*-->\n)+/, '').replaceAll(/<\/?(details|summary)>/g, '')
  expect(own).not.toMatch(/<[a-z!/]/i)
  expect(own).not.toMatch(/@evil/)
  expect(own).not.toMatch(/#\d/)
  expect(own).not.toMatch(/\]\(/)
  expect(own).not.toMatch(/https?:\/\/evil|www\.evil/)
  expect(alive.match(/<details>/g)?.length).toBe(alive.match(/<\/details>/g)?.length)
}

test.each(['<b>', '@evil', 'see #1', '[x](y)', 'https://evil.example', '```\n<b>\n', '`a` <b> `c`'])(
  'the check sees that %j is alive',
  (text) => {
    expect(() => expectInert(`Some words, ${text}\n`)).toThrow()
  },
)

const NAMES = [
  '..',
  '.',
  'a/b',
  '../shop',
  'shop\n## evil',
  'shop.git',
  'a b',
  '<img>',
  '@evil',
  'shop.wiki',
  'ünï',
  'x'.repeat(101),
  '-'.repeat(101),
  '%2e%2e',
]

test.each(NAMES)('the name %j is refused, and nothing is written', async (name) => {
  const before = await tracesOf(stage)
  for (const mode of ['preview', 'create']) {
    const result = await stage.play({ inputs: { mode, owner: 'acme', name } })
    expect(refusalOf(result)).toMatchObject({ exitCode: 1, reason: 'request-invalid' })
    expectInert(result.summary)
  }
  expect(await tracesOf(stage)).toEqual(before)
})

test.each(['../acme', 'acme/..', '-acme', 'acme-', 'a--b', 'acme\nevil', '@evil', '<b>', 'x'.repeat(40)])(
  'the owner %j is refused, and nothing is written',
  async (owner) => {
    const before = await tracesOf(stage)
    const result = await stage.play({ inputs: { mode: 'create', owner, name: 'shop' } })
    expect(refusalOf(result)).toMatchObject({ exitCode: 1, reason: 'request-invalid' })
    expect(await tracesOf(stage)).toEqual(before)
  },
)

test.each([
  ['options that there are not', `auth: ${'nope, '.repeat(3)}nope`],
  ['a category that there is not', 'evil: none'],
  ['keys that every object has', '{"__proto__": ["none"], "constructor": ["none"]}'],
  ['JSON that is none', '{"auth": ['],
  ['two of what takes one', 'auth: none, sessions'],
  ['Markdown', `auth: ${EVIL}`],
])('selections with %s are refused, and what is said of them is inert', async (_, selections) => {
  const before = await tracesOf(stage)
  const result = await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'shop', selections } })
  expect(refusalOf(result)).toMatchObject({ exitCode: 1, reason: 'request-invalid' })
  expectInert(result.summary)
  expect(await tracesOf(stage)).toEqual(before)
})

test.each([
  ['is not there', undefined],
  ['is no JSON', '{"repo_owner": '],
  ['has a key twice', '{"repo_owner":"acme","repo_slug":"shop","repo_slug":"other"}'],
  ['has keys of its own', '{"repo_owner":"acme","repo_slug":"shop","token":"x"}'],
  ['has keys that every object has', '{"repo_owner":"acme","repo_slug":"shop","selected_options":{"__proto__":["x"]}}'],
  ['is deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['is half a receipt', '{"repo_owner":"acme","repo_slug":"shop","recipe_hash":"x"}'],
])('a request’s file that %s is refused', async (_, text) => {
  if (text !== undefined) await stage.github.world.commit({ repository: CONTROL, files: { 'request.json': text } })
  const result = await stage.play({ inputs: { 'request-path': text === undefined ? '../../etc/passwd' : 'request.json' } })
  expect(refusalOf(result)).toMatchObject({ exitCode: 1, reason: 'request-invalid' })
  expectInert(result.summary)
})

const form = (owner: string, name: string, auth: string): string =>
  `### Owner\n\n${owner}\n\n### Repository name\n\n${name}\n\n### ${LABEL}\n\n${auth}\n`

test.each([
  ['a hostile name', form('acme', EVIL, 'None')],
  ['a hostile owner', form(EVIL, 'shop', 'None')],
  ['a hostile choice', form('acme', 'shop', `${EVIL} nope`)],
  ['a heading twice', `${form('acme', 'shop', 'none')}### Owner\n\nevil\n`],
])('an issue with %s is answered with why, inert, and nothing else is written', async (_, body) => {
  const payload = await stage.openIssue(body)
  const [before, number] = [await tracesOf(stage), [...stage.github.world.state.issues.values()].at(-1)?.number ?? 0]
  const result = await stage.play({ eventName: 'issues', payload })
  expect(refusalOf(result)).toMatchObject({ exitCode: 1, reason: 'request-invalid' })
  const [answer = '', ...more] = stage.commentsOf(number)
  expect(more).toEqual([])
  expect(answer).toContain('REQUEST\\_INVALID')
  expectInert(answer)
  expectInert(result.summary)
  expect(await tracesOf(stage)).toEqual(before)
})

test('a preview of a template and a catalogue full of Markdown is inert, and its fences hold', async () => {
  const payload = await stage.openIssue('### Owner\n\nacme\n\n### Repository name\n\nshop\n')
  const number = [...stage.github.world.state.issues.values()].at(-1)?.number ?? 0
  const result = await stage.play({ eventName: 'issues', payload })
  expect(result.outputs['reason-code']).toBe('previewed')
  const [answer = ''] = stage.commentsOf(number)
  expect(answer).toContain('::error::evil')
  expectInert(answer)
  // What stands in the log is no command to the runner.
  expect(result.annotations).toEqual([])
})
