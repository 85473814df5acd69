import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub } from '../src/index.ts'
import { ask as askGitHub, type Ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
let token: string

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  world.addUser({ login: 'writer', name: 'A Writer' })
  world.addOrganization({ login: 'acme', members: { writer: 'admin' } })
  for (const name of ['app', 'empty', 'first', 'race']) await world.addRepository({ owner: 'acme', name })
  await world.commit({ repository: 'acme/app', files: { 'README.md': '# app\n', 'src/a.txt': 'a' }, author: 'writer' })
  await world.commit({ repository: 'acme/race', files: { 'README.md': 'r' } })
  token = world.createToken({ kind: 'classic', user: 'writer', scopes: ['repo'] })
})

afterAll(() => github.close())

const ask = (what: string, body?: unknown, more: Ask = {}): Promise<Reply> =>
  askGitHub(github, what, { token, ...(body === undefined ? {} : { body }), ...more })
const head = async (ref = 'heads/main', repository = 'app'): Promise<string> => {
  const { body } = await ask(`GET /repos/acme/${repository}/git/ref/${ref}`)
  return (body.object as { sha: string }).sha
}
const commitOn = async (parents: readonly string[], text: string, repository = 'app'): Promise<string> => {
  const tree = await ask(`POST /repos/acme/${repository}/git/trees`, { tree: [{ path: 'f', mode: '100644', type: 'blob', content: text }] })
  const commit = await ask(`POST /repos/acme/${repository}/git/commits`, { message: text, tree: tree.body.sha, parents })
  return String(commit.body.sha)
}

describe('an empty repository', () => {
  test.each(['GET git/ref/heads/main', 'POST git/trees', 'POST git/blobs', 'GET commits', 'POST git/refs'])(
    'answers %s with 409',
    async (what) => {
      const [method, path] = what.split(' ')
      const bodies: Readonly<Record<string, unknown>> = {
        'POST git/trees': { tree: [] },
        'POST git/blobs': { content: '' },
        'POST git/refs': { ref: 'refs/heads/x', sha: '0'.repeat(40) },
      }
      const { status, body } = await ask(`${method} /repos/acme/empty/${path}`, bodies[what])
      expect([status, body.message]).toEqual([409, 'Git Repository is empty.'])
    },
  )

  test('gets its first commit by the contents API', async () => {
    expect((await ask('GET /repos/acme/first/contents/')).status).toBe(404)
    const put = await ask('PUT /repos/acme/first/contents/a/b.md', { message: 'Begin', content: Buffer.from('hi').toString('base64') })
    expect([put.status, (put.body.commit as { parents: unknown[] }).parents]).toEqual([201, []])
    expect((await ask('GET /repos/acme/first/git/ref/heads/main')).status).toBe(200)
  })
})

describe('a file', () => {
  test('is made, changed by the blob it replaces, and deleted', async () => {
    const content = (text: string): string => Buffer.from(text).toString('base64')
    const made = await ask('PUT /repos/acme/app/contents/note.txt', { message: 'Add', content: content('one') })
    const first = (made.body.content as { sha: string }).sha
    expect([made.status, (made.body.commit as { verification: { verified: boolean } }).verification.verified]).toEqual([201, false])
    expect((await ask('PUT /repos/acme/app/contents/note.txt', { message: 'x', content: content('two') })).status).toBe(422)
    const stale = await ask('PUT /repos/acme/app/contents/note.txt', { message: 'x', content: content('two'), sha: 'f'.repeat(40) })
    expect([stale.status, stale.body.message]).toEqual([409, `note.txt does not match ${'f'.repeat(40)}`])
    const changed = await ask('PUT /repos/acme/app/contents/note.txt', { message: 'Change', content: content('two'), sha: first })
    const second = (changed.body.content as { sha: string }).sha
    expect(changed.status).toBe(200)
    const read = await ask('GET /repos/acme/app/contents/note.txt')
    expect([read.body.encoding, Buffer.from(String(read.body.content), 'base64').toString()]).toEqual(['base64', 'two'])
    expect((await ask('DELETE /repos/acme/app/contents/note.txt', { message: 'Drop', sha: second })).body.content).toBeNull()
    expect((await ask('GET /repos/acme/app/contents/note.txt')).status).toBe(404)
  })

  test('is given raw, from any ref, and a folder as a list', async () => {
    const raw = await ask('GET /repos/acme/app/contents/README.md', undefined, { headers: { accept: 'application/vnd.github.raw+json' } })
    expect(raw.body.text).toBe('# app\n')
    const folder = await ask(`GET /repos/acme/app/contents/src?ref=${await head()}`)
    expect(folder.items.map(({ name, type, path }) => [name, type, path])).toEqual([['a.txt', 'file', 'src/a.txt']])
    expect((await ask('GET /repos/acme/app/contents/README.md?ref=nowhere')).status).toBe(404)
  })

  test('of 20 writers on one branch loses no write that was answered with 201', async () => {
    const writes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(`PUT /repos/acme/race/contents/f${index}.txt`, { message: 'm', content: 'eA==' })),
    )
    const won = writes.filter(({ status }) => status === 201).length
    expect(writes.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const folder = await ask('GET /repos/acme/race/contents')
    expect(folder.items.filter(({ name }) => String(name).startsWith('f'))).toHaveLength(won)
    expect(won).toBeGreaterThan(0)
  })
})

describe('a ref', () => {
  test('is made once, and listed by its beginning', async () => {
    const sha = await head()
    expect((await ask('POST /repos/acme/app/git/refs', { ref: 'refs/heads/made/one', sha })).status).toBe(201)
    const again = await ask('POST /repos/acme/app/git/refs', { ref: 'refs/heads/made/one', sha })
    expect([again.status, again.body.message]).toEqual([422, 'Reference already exists'])
    const listed = await ask('GET /repos/acme/app/git/matching-refs/heads/made')
    expect(listed.items.map(({ ref }) => ref)).toEqual(['refs/heads/made/one'])
    expect((await ask('POST /repos/acme/app/git/refs', { ref: 'refs/heads/lost', sha: '1'.repeat(40) })).body.message).toBe(
      'Object does not exist',
    )
    expect((await ask('POST /repos/acme/app/git/refs', { ref: 'main', sha })).status).toBe(422)
  })

  test('starts an orphan branch from a root commit', async () => {
    const root = await commitOn([], 'root')
    expect((await ask('POST /repos/acme/app/git/refs', { ref: 'refs/heads/orphan', sha: root })).status).toBe(201)
    expect(await github.world.git('acme/app').log({ from: root })).toEqual([root])
  })

  test('moves forward freely, and back only by force', async () => {
    const start = await head()
    await ask('POST /repos/acme/app/git/refs', { ref: 'refs/heads/moving', sha: start })
    const next = await commitOn([start], 'next')
    expect((await ask('PATCH /repos/acme/app/git/refs/heads/moving', { sha: next })).status).toBe(200)
    const back = await ask('PATCH /repos/acme/app/git/refs/heads/moving', { sha: start })
    expect([back.status, back.body.message]).toEqual([422, 'Update is not a fast forward'])
    expect((await ask('PATCH /repos/acme/app/git/refs/heads/moving', { sha: start, force: true })).status).toBe(200)
    expect(await head('heads/moving')).toBe(start)
    expect((await ask('DELETE /repos/acme/app/git/refs/heads/moving')).status).toBe(204)
    expect((await ask('DELETE /repos/acme/app/git/refs/heads/moving')).body.message).toBe('Reference does not exist')
  })

  test('of a race is won by one', async () => {
    const start = await head('heads/main', 'race')
    const rivals = await Promise.all(Array.from({ length: 8 }, (_, index) => commitOn([start], `rival ${index}`, 'race')))
    const moved = await Promise.all(rivals.map((sha) => ask('PATCH /repos/acme/race/git/refs/heads/main', { sha })))
    expect(moved.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(moved.filter(({ body }) => body.message === 'Update is not a fast forward')).toHaveLength(7)
  })

  test('under a ruleset is refused with the rule that forbids it', async () => {
    github.world.addRuleset('acme/race', { name: 'r', include: ['refs/heads/kept-*'], rules: ['creation'] })
    const sha = await head('heads/main', 'race')
    const refused = await ask('POST /repos/acme/race/git/refs', { ref: 'refs/heads/kept-1', sha })
    expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining('creations being restricted')])
  })
})

describe('a tree', () => {
  test('grows from a base, drops by null, and shows all it holds', async () => {
    const base = await head()
    const grown = await ask('POST /repos/acme/app/git/trees', {
      base_tree: base,
      tree: [
        { path: 'deep/er/x', mode: '100644', type: 'blob', content: 'x' },
        { path: 'src/a.txt', mode: '100644', type: 'blob', sha: null },
      ],
    })
    expect(grown.status).toBe(201)
    const whole = await ask(`GET /repos/acme/app/git/trees/${String(grown.body.sha)}?recursive=1`)
    const entries = whole.body.tree as { path: string; type: string }[]
    expect(entries.filter(({ type }) => type === 'blob').map(({ path }) => path)).toEqual(['README.md', 'deep/er/x'])
    expect(whole.body.truncated).toBe(false)
  })

  test.each([
    ['a file to drop that is not there', { path: 'none', mode: '100644', type: 'blob', sha: null }],
    ['an object that does not exist', { path: 'x', mode: '100644', type: 'blob', sha: '2'.repeat(40) }],
    ['neither content nor id', { path: 'x', mode: '100644', type: 'blob' }],
    ['a path out of the tree', { path: '../x', mode: '100644', type: 'blob', content: '' }],
  ])('is refused for %s', async (_, entry) => {
    expect((await ask('POST /repos/acme/app/git/trees', { base_tree: await head(), tree: [entry] })).status).toBe(422)
  })
})

test('a commit by an App is signed only when it names nobody', async () => {
  const base = await head()
  const tree = (await ask(`GET /repos/acme/app/git/commits/${base}`)).body.tree as { sha: string }
  const installation = github.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { contents: 'write' } })
  const make = async (more: object): Promise<unknown> => {
    const made = await ask(
      'POST /repos/acme/app/git/commits',
      { message: 'm', tree: tree.sha, parents: [base], ...more },
      { token: installation },
    )
    return (made.body.verification as { reason: string }).reason
  }
  expect(await make({})).toBe('valid')
  expect(await make({ author: { name: 'N', email: 'n@example.com' } })).toBe('unsigned')
})
