import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalGitHub, pushFolder, startLocalGitHub } from '../src/index.ts'

let folder: string
let github: LocalGitHub
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-test-'))
  github = await startLocalGitHub()
  github.world.addUser({ login: 'maintainer' })
  await github.world.addRepository({ owner: 'maintainer', name: 'app' })
})
afterEach(async () => {
  await github.close()
  await rm(folder, { recursive: true, force: true })
})

const run = promisify(execFile)
const git = (...args: readonly string[]) => run('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args])

async function put(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), path === '.gitignore' ? 'dist\nnode_modules\n' : 'x')
  }
}

async function listPushed(): Promise<readonly string[]> {
  await pushFolder(github, folder, { repository: 'maintainer/app', pusher: 'maintainer' })
  const { stdout } = await run('git', ['ls-tree', '-r', '--name-only', 'main'], { cwd: github.world.git('maintainer/app').directory })
  return stdout.trim().split('\n')
}

test('of a clone goes what it tracks, ignored or not, and what is new and not ignored', async () => {
  await put(['.gitignore', 'a.txt', 'dist/index.js', 'dist/gone.js', 'dist/[x].js'])
  await git('init', '--quiet')
  await git('add', '--force', '.')
  await git('commit', '--quiet', '--message', 'Begin')
  await put(['new.txt', 'dist/x.js', 'node_modules/y/index.js'])
  await rm(join(folder, 'dist/gone.js'))
  expect(await listPushed()).toEqual(['.gitignore', 'a.txt', 'dist/[x].js', 'dist/index.js', 'new.txt'])
})

test('of a folder that is no clone goes what is not ignored', async () => {
  await put(['.gitignore', 'a.txt', 'dist/index.js'])
  expect(await listPushed()).toEqual(['.gitignore', 'a.txt'])
})
