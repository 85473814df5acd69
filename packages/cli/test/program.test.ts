import { describe, expect, test } from 'vitest'
import { runProgram } from '../src/run-program.ts'

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text) })
  const code = await runProgram({ args, env, stdout: stream('stdout'), stderr: stream('stderr') })
  return { code, ...written }
}

describe('switchyard', () => {
  test('shows its commands and exit codes', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Commands:\n {2}up [^]*Exit codes:\n {2}0 {2}done/)
  })

  test('shows how a command is used, with an example', async () => {
    const { code, stdout } = await run(['up', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Usage: switchyard up \[options\][^]*--seed <folder>[^]*Examples:\n {2}\$ switchyard up/)
  })

  test('says its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test.each([
    ['no command', [], 'Usage: switchyard'],
    ['an unknown command', ['upp'], 'Did you mean up?'],
    ['an unknown option', ['up', '--seed', 'x', '--prot', '1'], 'Did you mean --port?'],
  ])('ends with 2 for %s, and says what there is', async (_, args, said) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(said)
  })

  test('prints the error envelope and nothing else with --json', async () => {
    const { code, stdout, stderr } = await run(['up', '--json'])
    expect(code).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ code: 'USAGE', severity: 'error', hint: 'See `switchyard --help`.', causeChain: [] })
  })
})
