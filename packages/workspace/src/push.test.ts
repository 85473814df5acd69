import { beforeAll, afterAll, expect, test } from 'vitest'
import { caught, git, type Lab, openFolder, openLab, text, treeOf } from '../test/lab.ts'
import { makeHistory, probeRefs, pushHistory, type History, type Patience } from './index.ts'

const author = { name: 'Ada', email: 'ada@example.com' }
const history = makeHistory({ tree: treeOf({ 'a/b': 'x', run: text('y', '100755') }), message: 'Begin', author, at: 1_700_000_000_000 })
const withWorkflow = makeHistory({ tree: treeOf({ '.github/workflows/ci.yml': 'on: push\n' }), message: 'Begin', author, at: 0 })
const other = makeHistory({ tree: treeOf({ z: 'z' }), message: 'Other', author, at: 0 })

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab[Symbol.asyncDispose]())

let count = 0
async function addRepository(): Promise<string> {
  const name = `made-${++count}`
  await lab.github.world.addRepository({ owner: 'acme', name, visibility: 'private' })
  return name
}

async function push(name: string, what: History, token?: string): Promise<unknown> {
  return pushHistory({ ...lab.remote(name, token), history: what, branch: 'main' })
}

const tip = (name: string): Promise<string | undefined> => lab.github.world.git(`acme/${name}`).readRef('refs/heads/main')

test('a push makes the branch in two requests, and git can clone it', async () => {
  const name = await addRepository()
  const before = lab.asked().length
  expect(await push(name, history)).toEqual({ outcome: 'pushed', commit: history.commit })
  expect(lab.asked().slice(before)).toEqual([`GET /acme/${name}.git/info/refs`, `POST /acme/${name}.git/git-receive-pack`])
  expect(await tip(name)).toBe(history.commit)
  await using folder = await openFolder()
  await git(folder.path, ['clone', '--quiet', lab.github.world.git(`acme/${name}`).directory, 'clone'])
  expect(await git(folder.path, ['-C', 'clone', 'ls-files', '--format=%(objectmode) %(path)'])).toBe('100644 a/b\n100755 run')
})

test('with a listing, a push is one request', async () => {
  const name = await addRepository()
  const remote = lab.remote(name)
  const listing = await probeRefs(remote)
  expect([...listing.refs]).toEqual([])
  const before = lab.asked().length
  expect(await pushHistory({ ...remote, history, branch: 'main', listing })).toMatchObject({ outcome: 'pushed' })
  expect(lab.asked().slice(before)).toEqual([`POST /acme/${name}.git/git-receive-pack`])
})

test('a second push of the same commit finds it there', async () => {
  const name = await addRepository()
  await push(name, history)
  expect(await push(name, history)).toEqual({ outcome: 'already-there', commit: history.commit })
})

test('a branch at another commit is left alone', async () => {
  const name = await addRepository()
  await push(name, other)
  expect(await caught(push(name, history))).toMatchObject({ code: 'PUSH_BRANCH_TAKEN', context: { branch: 'main', commit: other.commit } })
  expect(await tip(name)).toBe(other.commit)
})

test.each([
  ['the same commit', history, { outcome: 'already-there' }],
  ['another commit', other, { code: 'PUSH_BRANCH_TAKEN' }],
])('a branch that was made with %s after the listing is told by its commit', async (_, first, expected) => {
  const name = await addRepository()
  const listing = await probeRefs(lab.remote(name))
  await push(name, first)
  const ending = await pushHistory({ ...lab.remote(name), history, branch: 'main', listing }).catch((error: unknown) => error)
  expect(ending).toMatchObject(expected)
  expect(await tip(name)).toBe(first.commit)
})

test('a rule that refuses the push is told with the words of the server', async () => {
  const name = await addRepository()
  lab.github.world.addRuleset(`acme/${name}`, { name: 'closed', include: ['~ALL'], rules: ['creation', 'required_signatures'] })
  const error = await caught(push(name, history))
  expect(error).toMatchObject({
    code: 'PUSH_REJECTED',
    context: {
      reason: 'push declined due to repository rule violations',
      details: expect.arrayContaining([expect.stringContaining('GH013')]),
    },
  })
  expect(await tip(name)).toBeUndefined()
})

test('workflow files need a permission of their own, which is named', async () => {
  const name = await addRepository()
  expect(await caught(push(name, withWorkflow, lab.token('without-workflows')))).toMatchObject({ code: 'PUSH_WORKFLOWS_FORBIDDEN' })
  expect(await tip(name)).toBeUndefined()
  expect(await push(name, history, lab.token('without-workflows'))).toMatchObject({ outcome: 'pushed' })
  expect(await push(await addRepository(), withWorkflow)).toMatchObject({ outcome: 'pushed' })
})

test('a repository that is not there, hidden or read-only is told by class and code', async () => {
  const name = await addRepository()
  expect(await caught(push('absent', history))).toMatchObject({ code: 'GITHUB_NOT_FOUND', status: 404 })
  expect(await caught(push(name, history, lab.token('stranger')))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
  lab.github.world.addCollaborator(`acme/${name}`, 'stranger', 'read')
  expect(await caught(push(name, history, lab.token('stranger')))).toMatchObject({ code: 'GITHUB_FORBIDDEN', status: 403 })
  expect(await caught(push(name, history, 'ghp_wrong'))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  expect(await tip(name)).toBeUndefined()
})

test.each(['error-after', 'lost-answer-after'] as const)(
  'a push whose answer is gone (%s) is ambiguous, and found by the next one',
  async (kind) => {
    const name = await addRepository()
    lab.github.faults.add({ match: { method: 'POST', route: /git-receive-pack/ }, kind })
    expect(await caught(push(name, history))).toMatchObject({ isAmbiguous: true })
    expect(await push(name, history)).toMatchObject({ outcome: 'already-there' })
  },
)

test('a large history arrives whole', async () => {
  const name = await addRepository()
  const files = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`src/${index % 20}/file-${index}.txt`, `content ${index}\n`.repeat(20)]),
  )
  const large = makeHistory({ tree: treeOf({ ...files, big: 'z'.repeat(20_000_000) }), message: 'm', author, at: 0 })
  expect(await push(name, large)).toMatchObject({ outcome: 'pushed' })
  expect(await git(lab.github.world.git(`acme/${name}`).directory, ['fsck', '--full'])).toBe('')
})

/** Time that goes on by sleeping alone. */
function patienceOf(limitMs: number): Patience & { readonly slept: number[] } {
  const slept: number[] = []
  const now = (): number => slept.reduce((sum, ms) => sum + ms, 0)
  return { limitMs, slept, now, random: () => 0.5, sleep: (ms) => Promise.resolve(void slept.push(ms)) }
}

test.each([404, 409, 502])('a fresh repository that answers %i for a moment is asked again', async (status) => {
  const name = await addRepository()
  lab.github.faults.add({ match: { method: 'GET', route: /info\/refs/ }, kind: 'error-before', status, times: 3 })
  const patience = patienceOf(10_000)
  expect((await probeRefs({ ...lab.remote(name), patience })).refs.size).toBe(0)
  expect(patience.slept).toEqual([100, 150, 250])
})

test('a repository that never comes is asked for no longer than was said, and without patience once', async () => {
  const patience = patienceOf(2_000)
  expect(await caught(probeRefs({ ...lab.remote('absent'), patience }))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
  expect(patience.now()).toBeLessThanOrEqual(2_000)
  expect(patience.slept.length).toBeGreaterThan(3)
  const before = lab.asked().length
  await caught(probeRefs(lab.remote('absent')))
  expect(lab.asked().length).toBe(before + 1)
})

test('a refusal is not asked again', async () => {
  const patience = patienceOf(10_000)
  expect(await caught(probeRefs({ ...lab.remote('absent', 'ghp_wrong'), patience }))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  expect(patience.slept).toEqual([])
})
