import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub, type Permissions, type WorldEvent } from '../src/index.ts'

const run = promisify(execFile)
let github: LocalGitHub
let folder: string
const events: WorldEvent[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-http-'))
  github = await startLocalGitHub()
  const { world } = github
  world.addUser({ login: 'writer' })
  world.addUser({ login: 'stranger' })
  world.addOrganization({ login: 'acme', members: { writer: 'admin' } })
  for (const name of ['app', 'ruled']) {
    await world.addRepository({ owner: 'acme', name })
    await world.commit({ repository: `acme/${name}`, files: { 'README.md': '# app\n', '.github/workflows/ci.yml': 'on: push\n' } })
  }
  world.addRuleset('acme/ruled', { name: 'closed', include: ['~DEFAULT_BRANCH'], rules: ['update'] })
  world.onEvent((event) => void events.push(event))
})

afterAll(async () => {
  await github.close()
  await rm(folder, { recursive: true, force: true })
})

/** Git with the token in its environment, as a person would have it in a credential store. */
async function git(directory: string, args: readonly string[], token?: string): Promise<{ readonly code: number; readonly out: string }> {
  const identity = {
    GIT_AUTHOR_NAME: 'W',
    GIT_AUTHOR_EMAIL: 'w@example.com',
    GIT_COMMITTER_NAME: 'W',
    GIT_COMMITTER_EMAIL: 'w@example.com',
  }
  const header =
    token === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'http.extraHeader',
          GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
        }
  const env = { PATH: process.env.PATH ?? '', GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null', ...identity, ...header }
  try {
    const { stdout, stderr } = await run('git', [...args], { cwd: directory, env })
    return { code: 0, out: stdout + stderr }
  } catch (error) {
    return { code: 1, out: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) }
  }
}

async function clone(name: string, token: string): Promise<string> {
  const directory = await mkdtemp(join(folder, 'clone-'))
  const cloned = await git(folder, ['clone', '--quiet', `${github.serverUrl}/acme/${name}.git`, directory], token)
  expect(cloned).toEqual({ code: 0, out: '' })
  return directory
}

async function commitFile(directory: string, path: string, text: string): Promise<void> {
  await mkdir(join(directory, path, '..'), { recursive: true })
  await writeFile(join(directory, path), text)
  await git(directory, ['add', '--all'])
  await git(directory, ['commit', '--quiet', '--message', `Change ${path}`])
}

const person = (login: string): string => github.world.createToken({ kind: 'classic', user: login, scopes: ['repo', 'workflow'] })
const job = (permissions: Permissions): string => github.world.createToken({ kind: 'job', repository: 'acme/app', permissions })

describe('a clone and a push', () => {
  test('carry commits both ways, and the push is announced', async () => {
    const token = person('writer')
    const directory = await clone('app', token)
    expect(await readFile(join(directory, 'README.md'), 'utf8')).toBe('# app\n')
    await commitFile(directory, 'src/new.txt', 'new')
    events.length = 0
    const pushed = await git(directory, ['push', '--quiet', 'origin', 'HEAD:main', 'HEAD:refs/heads/topic'], token)
    expect(pushed).toEqual({ code: 0, out: '' })
    const head = (await git(directory, ['rev-parse', 'HEAD'])).out.trim()
    expect(await github.world.git('acme/app').readRef('refs/heads/topic')).toBe(head)
    await github.world.events.settled()
    expect(events.map(({ name, cause, payload }) => [name, cause, payload.ref, payload.created])).toEqual([
      ['push', 'classic', 'refs/heads/main', false],
      ['push', 'classic', 'refs/heads/topic', true],
    ])
    expect(events[0]?.payload).toMatchObject({ after: head, forced: false, head_commit: { id: head, message: 'Change src/new.txt' } })
  })

  test('of many objects arrive packed and compressed', async () => {
    const token = person('writer')
    const directory = await clone('app', token)
    for (let index = 0; index < 60; index += 1) await writeFile(join(directory, `file-${index}`), 'x'.repeat(1000 + index))
    await commitFile(directory, 'last', 'last')
    expect(await git(directory, ['push', '--quiet', 'origin', 'HEAD:many'], token)).toEqual({ code: 0, out: '' })
    const tip = await github.world.git('acme/app').readRef('refs/heads/many')
    expect(await github.world.git('acme/app').readPath(tip ?? '', 'file-59')).toMatchObject({ type: 'blob' })
  })

  test('of an old head is refused by git itself', async () => {
    const token = person('writer')
    const directory = await clone('app', token)
    await github.world.commit({ repository: 'acme/app', files: { other: 'x' } })
    await commitFile(directory, 'mine', 'x')
    expect(await git(directory, ['push', 'origin', 'HEAD:main'], token)).toMatchObject({
      code: 1,
      out: expect.stringContaining('rejected'),
    })
  })
})

describe('git is refused', () => {
  test('to whom the repository is hidden, as if it were not there', async () => {
    const answer = await git(folder, ['ls-remote', `${github.serverUrl}/acme/app.git`], person('stranger'))
    expect(answer).toMatchObject({ code: 1, out: expect.stringMatching(/not found/i) })
  })

  test('to nobody, with a question for credentials', async () => {
    const response = await fetch(`${github.serverUrl}/acme/app.git/info/refs?service=git-upload-pack`)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitHub"'])
  })

  test('a push to a token that may only read', async () => {
    const token = job({ contents: 'read' })
    const directory = await clone('app', token)
    await commitFile(directory, 'x', 'x')
    const answer = await git(directory, ['push', 'origin', 'HEAD:refs/heads/no'], token)
    expect(answer).toMatchObject({ code: 1, out: expect.stringContaining('403') })
    expect(await github.world.git('acme/app').readRef('refs/heads/no')).toBeUndefined()
  })

  test("workflow files by a job's token, whatever its permissions", async () => {
    const token = job({ contents: 'write', actions: 'write' })
    const directory = await clone('app', token)
    await commitFile(directory, '.github/workflows/ci.yml', 'on: workflow_dispatch\n')
    const answer = await git(directory, ['push', 'origin', 'HEAD:refs/heads/sneak'], token)
    expect(answer).toMatchObject({ code: 1, out: expect.stringContaining('refusing to allow a GitHub App to create or update workflow') })
    expect(await github.world.git('acme/app').readRef('refs/heads/sneak')).toBeUndefined()
  })

  test('a push that a ruleset forbids, and only that', async () => {
    const token = person('writer')
    const directory = await clone('ruled', token)
    await commitFile(directory, 'x', 'x')
    const answer = await git(directory, ['push', 'origin', 'HEAD:main'], token)
    expect(answer).toMatchObject({ code: 1, out: expect.stringContaining('push declined due to repository rule violations') })
    expect(answer.out).toContain('GH013')
    expect(await git(directory, ['push', '--quiet', 'origin', 'HEAD:refs/heads/free'], token)).toEqual({ code: 0, out: '' })
  })
})

test('no token is in the log', async () => {
  const token = person('writer')
  await fetch(`${github.apiUrl}/user?access_token=${token}`, { headers: { authorization: `Bearer ${token}` } })
  await fetch(`${github.serverUrl}/acme/${token}.git/info/refs?service=git-upload-pack`, { headers: { authorization: `Bearer ${token}` } })
  const said = JSON.stringify([github.log.entries(), github.log.lines(), [...github.world.state.tokens]])
  expect(said).not.toMatch(/ghp_\w{10}|ghs_\w{10}/)
  expect(said).toContain('***')
})
