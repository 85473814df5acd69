import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunCommand } from '@switchyard/bootstrapping/recipe'
import { InternalError } from '@switchyard/core'
import { COMMAND_MS } from './limits.ts'
import type { Arguments } from './run.ts'

/** Carries out a recipe's commands: each on a folder of its own, without a shell, without a token in reach of its environment. */
export function createCommandRunner({ context }: Arguments): RunCommand {
  return async (text, tree) => {
    const [{ readTreeFrom, runCommand, writeTreeTo }, { parseCommand }] = await Promise.all([
      import('@switchyard/workspace'),
      import('@switchyard/bootstrapping/catalogue'),
    ])
    const parsed = parseCommand(text)
    if (!parsed.ok) throw new InternalError(`A command that is not allowed came through the catalogue: ${parsed.fault.message}`)
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-recipe-'))
    try {
      await writeTreeTo(folder, tree)
      const { exitCode, output } = await runCommand({
        argv: parsed.argv,
        folder,
        timeLimitMs: COMMAND_MS,
        environment: context.commandEnvironment,
      })
      if (exitCode === 'timed-out') {
        return { tree, exitCode: 124, output: `${output}\nIt took longer than ${COMMAND_MS / 60_000} minutes, and was ended.\n` }
      }
      return { tree: await readTreeFrom(folder), exitCode, output }
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}
