import { describe, expect, test } from 'vitest'
import { runHere } from './run-here.ts'

describe('switchyard', () => {
  test('shows its commands and exit codes', async () => {
    const { exitCode, stdout } = await runHere(['--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Commands:\n {2}demo [^]*Exit codes:\n {2}0 {2}done/)
  })

  test('shows how a command is used, with an example', async () => {
    const { exitCode, stdout } = await runHere(['up', '--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Usage: switchyard up \[options\][^]*--seed <folder>[^]*Examples:\n {2}\$ switchyard up/)
  })

  test('says its version', async () => {
    expect(await runHere(['--version'])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test.each([
    ['no command', [], 'Usage: switchyard'],
    ['an unknown command', ['upp'], 'Did you mean up?'],
    ['an unknown option', ['up', '--seed', 'x', '--prot', '1'], 'Did you mean --port?'],
  ])('ends with 2 for %s, and says what there is', async (_, args, said) => {
    const { exitCode, stdout, stderr } = await runHere(args)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(said)
  })

  test('prints the error envelope and nothing else with --json', async () => {
    const { exitCode, stdout, stderr } = await runHere(['up', '--json'])
    expect(exitCode).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ code: 'USAGE', severity: 'error', hint: 'See `switchyard --help`.', causeChain: [] })
  })
})
