import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { caught, openFolder } from '../test/lab.ts'
import { type Program, runProgram } from './run-program.ts'

const environment = { PATH: process.env['PATH'] ?? '', KEPT: 'yes' }

async function run(
  argv: readonly string[],
  more: Partial<Program> = {},
): Promise<{ readonly exitCode: number | 'timed-out'; readonly lines: readonly string[] }> {
  const lines: string[] = []
  const exitCode = await runProgram({
    argv,
    folder: tmpdir(),
    timeLimitMs: 120_000,
    environment,
    onLine: (line) => lines.push(line),
    ...more,
  })
  return { exitCode, lines }
}

const node = (code: string, more?: Partial<Program>) => run([process.execPath, '-e', code], more)

test('it has the environment that is given, and nothing else', async () => {
  const { lines } = await node('console.log(Object.keys(process.env).sort().join())')
  expect(lines).toEqual(['KEPT,PATH'])
})

test('its input is handed on as it is, and no shell reads its arguments', async () => {
  const input = "SELECT '$HOME';\n`id`\n"
  expect(await run(['cat'], { input })).toEqual({ exitCode: 0, lines: ["SELECT '$HOME';", '`id`'] })
  expect((await run(['printf', '%s', '$HOME; id'])).lines).toEqual(['$HOME; id'])
})

test('lines are told while it runs, whole characters only, and a last one without an end', async () => {
  await using folder = await openFolder()
  const seen: string[] = []
  // It goes on once its first line was told.
  const code = 'process.stdout.write("a\\n"); while (!fs.existsSync("told")); process.stdout.write("b")'
  const { exitCode } = await node(code, {
    folder: folder.path,
    onLine(line) {
      seen.push(line)
      writeFileSync(join(folder.path, 'told'), '')
    },
  })
  expect([exitCode, seen]).toEqual([0, ['a', 'b']])
  const split =
    'const [x, y] = [Buffer.from("ä").subarray(0, 1), Buffer.from("ä").subarray(1)]; process.stdout.write(x); setTimeout(() => process.stdout.write(y), 100)'
  expect((await node(split)).lines).toEqual(['ä'])
  expect((await node('process.stdout.write("x".repeat(40_000))')).lines.map(({ length }) => length)).toEqual([16_384, 16_384, 7_232])
})

test('one that does not read its input ends as it ends', async () => {
  expect((await node('process.exit(3)', { input: 'x'.repeat(1_000_000) })).exitCode).toBe(3)
})

test('at the time limit it is killed', async () => {
  expect((await run(['sleep', '60'], { timeLimitMs: 300 })).exitCode).toBe('timed-out')
})

test('a program that is not there is told by its code', async () => {
  expect(await caught(run(['no-such-program-here']))).toMatchObject({ code: 'COMMAND_NOT_STARTED' })
})
