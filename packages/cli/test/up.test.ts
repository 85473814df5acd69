import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runHere } from './run-here.ts'

const seed = join(import.meta.dirname, '../../../examples/dispatch')
const bin = join(import.meta.dirname, '../bin/switchyard.mjs')
const addresses = z.object({
  env: z.object({ GITHUB_API_URL: z.string(), GITHUB_TOKEN: z.string() }).catchall(z.string()),
  repositories: z.array(z.object({ name: z.string(), git_url: z.string() })),
})

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'up-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('switchyard up', () => {
  test('serves the API and git with what it prints, until SIGTERM, and then ends with 0', async () => {
    const child = spawn(process.execPath, [bin, 'up', '--seed', seed, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [text] = (await once(child.stdout, 'data')) as [Buffer]
    const { env, repositories } = addresses.parse(JSON.parse(text.toString('utf8')))
    expect(repositories.map(({ name }) => name)).toEqual(['acme/source-app', 'acme/target-locked', 'acme/target-service'])

    const answer = await fetch(`${env.GITHUB_API_URL}/repos/acme/source-app`, { headers: { authorization: `bearer ${env.GITHUB_TOKEN}` } })
    expect(await answer.json()).toMatchObject({ full_name: 'acme/source-app', default_branch: 'main' })

    const git = promisify(execFile)('git', ['clone', '--quiet', repositories[0]?.git_url ?? '', folder], {
      env: { ...process.env, ...env, GIT_TERMINAL_PROMPT: '0' },
    })
    await git
    const { stdout } = await promisify(execFile)('git', ['-C', folder, 'ls-files'])
    expect(stdout).toContain('.github/dispatching.yml')

    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(fetch(env.GITHUB_API_URL)).rejects.toThrow('fetch failed')
  })

  test('refuses a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { exitCode, stdout } = await runHere(['up', '--seed', seed, '--port', String(port), '--json'])
    server.close()
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code: 'PORT_TAKEN' })
  })

  test.each([
    ['a folder that is not there', ['--seed', '/nowhere/at/all'], 'SEED_NOT_FOUND'],
    ['a folder without sub-folders', ['--seed', join(import.meta.dirname)], 'SEED_EMPTY'],
    ['a port that is none', ['--seed', seed, '--port', '1e3'], 'USAGE'],
    ['an owner that cannot be one', ['--seed', seed, '--owner', 'a_b'], 'USAGE'],
    ['no folder', [], 'USAGE'],
  ])('refuses %s', async (_, args, code) => {
    const { exitCode, stdout } = await runHere(['up', ...args, '--json'])
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ code })
  })
})
