import { existsSync, readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { caught, openFolder } from '../test/lab.ts'
import { type Command, runCommand } from './index.ts'

const node = process.execPath
const environment = {
  PATH: `relative:${process.env.PATH ?? ''}::.`,
  LANG: 'C.UTF-8',
  HOME: '/home/secret',
  GITHUB_TOKEN: 'secret-1',
  ACTIONS_RUNTIME_TOKEN: 'secret-2',
  INPUT_TOKEN: 'secret-3',
  NPM_TOKEN: 'secret-4',
  HTTPS_PROXY: 'http://u:secret-5@proxy',
  NODE_OPTIONS: '--require=/secret-6',
  GITHUB_ENV: '/secret-7',
}

function run(argv: readonly string[], more: Partial<Command> = {}): ReturnType<typeof runCommand> {
  return runCommand({ argv, folder: tmpdir(), timeLimitMs: 120_000, environment, ...more })
}

const script = (code: string, more?: Partial<Command>): ReturnType<typeof runCommand> => run([node, '-e', code], more)

test('a command inherits nothing that could hold a secret', async () => {
  const { output } = await script('console.log(JSON.stringify(process.env))')
  expect(output).not.toContain('secret')
  const seen: Readonly<Record<string, string>> = JSON.parse(output)
  expect(Object.keys(seen).sort()).toEqual([
    'CI',
    'COREPACK_ENV_FILE',
    'HOME',
    'LANG',
    'PATH',
    'TEMP',
    'TMP',
    'TMPDIR',
    'USERPROFILE',
    'npm_config_git',
  ])
  expect(seen).toMatchObject({ CI: 'true', LANG: 'C.UTF-8', COREPACK_ENV_FILE: '0' })
  expect(seen['PATH']?.split(':').every((folder) => folder.startsWith('/'))).toBe(true)
})

test('its home is empty, and gone afterwards', async () => {
  const { output } = await script(
    'require("fs").writeFileSync(process.env.HOME + "/left", ""); console.log(require("fs").readdirSync(process.env.TMPDIR), process.env.HOME)',
  )
  const [, names, home = ''] = /^(\[.*\]) (.*)\n$/.exec(output) ?? []
  expect(names).toBe("[ 'left' ]")
  expect(await caught(readdir(home))).toMatchObject({ code: 'ENOENT' })
})

test('no shell reads the arguments, and standard input is empty', async () => {
  const argv = [node, '-e', 'console.log(process.argv.slice(1)); process.stdin.pipe(process.stdout)', '$HOME', '; echo x', '`id`', '*']
  expect(await run(argv)).toEqual({ exitCode: 0, output: "[ '$HOME', '; echo x', '`id`', '*' ]\n", isCut: false })
})

test('it runs in its folder, and what it says and how it ends is told', async () => {
  await using folder = await openFolder()
  const code = 'console.log(process.cwd()); process.stdout.write("", () => { console.error("bad"); process.exitCode = 7 })'
  expect(await script(code, { folder: folder.path })).toEqual({ exitCode: 7, output: `${folder.path}\nbad\n`, isCut: false })
  expect(await script('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e3)')).toMatchObject({ exitCode: 143 })
})

test('a program that the template names in its .npmrc is not run', async () => {
  await using folder = await openFolder()
  const put = (name: string, text: string, mode = 0o644): Promise<void> => writeFile(`${folder.path}/${name}`, text, { mode })
  await put('package.json', JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { y: 'git+https://127.0.0.1:1/y.git' } }))
  await put('.npmrc', 'git=./own.sh\nfetch-retries=0\n')
  await put('own.sh', '#!/bin/sh\ntouch ran\nexit 1\n', 0o755)
  const { exitCode } = await run(['npm', 'install', '--package-lock-only', '--ignore-scripts'], { folder: folder.path })
  // The real git is asked, and finds nobody there.
  expect(exitCode).not.toBe(0)
  expect(await readdir(folder.path)).not.toContain('ran')
})

test('at the time limit it is killed with all it started', async () => {
  await using folder = await openFolder()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const running = run(['sh', '-c', 'sleep 3600 & echo $!; touch said; wait'], { folder: folder.path, timeLimitMs: 60_000 })
  while (!existsSync(`${folder.path}/said`)) await nextTurn()
  vi.advanceTimersByTime(60_000)
  const { exitCode, output } = await running
  vi.useRealTimers()
  expect(exitCode).toBe('timed-out')
  expect(output).toMatch(/^\d+\n$/)
  await expect.poll(() => isAlive(Number(output))).toBe(false)
})

test('what it leaves running is killed when it ends, and not waited for', async () => {
  const { exitCode, output } = await run(['sh', '-c', 'sleep 3600 & echo $!'])
  expect(exitCode).toBe(0)
  expect(output).toMatch(/^\d+\n$/)
  await expect.poll(() => isAlive(Number(output))).toBe(false)
})

test('output beyond the limit is let go, at a whole character', async () => {
  const outcome = await script('process.stdout.write("ä".repeat(1_000_000))', { maxOutputBytes: 1_001 })
  expect(outcome).toEqual({ exitCode: 0, output: 'ä'.repeat(500), isCut: true })
  expect((await script('process.stdout.write("x".repeat(300_000))')).output.length).toBe(256 * 1_024)
  expect(await script('process.stdout.write("x".repeat(10))', { maxOutputBytes: 10 })).toMatchObject({ isCut: false })
})

test('a program that is not there is told by its code', async () => {
  await using folder = await openFolder()
  // With a folder in it that may not be looked into, the path would give another reason.
  const ended = caught(run(['no-such-program-here'], { environment: { PATH: folder.path } }))
  expect(await ended).toMatchObject({ code: 'COMMAND_NOT_STARTED', context: { reason: 'ENOENT' } })
})

/** A killed process may stand as a zombie until somebody collects it; signal 0 still reaches it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
