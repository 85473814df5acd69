import { readFile } from 'node:fs/promises'
import { CommanderError } from 'commander'
import { toSwitchyardError, UserError } from '@switchyard/core'
import { z } from 'zod'
import type { Environment } from './command.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts'
import { createProgram } from './program.ts'
import { reportError } from './terminal/report-error.ts'
import { createTerminal, type Stream } from './terminal/terminal.ts'

export interface ProgramInput {
  /** As typed, without Node and the script. */
  readonly args: readonly string[]
  readonly env: Environment
  readonly stdout: Stream & { readonly columns?: number | undefined }
  readonly stderr: Stream
}

const HELP_WIDTH = 100

/** Runs one command to its end and says how it ended; every error is shown, none is thrown. */
export async function runProgram({ args, env, stdout, stderr }: ProgramInput): Promise<ExitCode> {
  const terminal = createTerminal({ stdout, stderr, env })
  const json = args.includes('--json-lines') ? 'line' : args.includes('--json')
  let code: ExitCode = EXIT.done
  const context = { terminal, env, now: () => Date.now(), endWith: (end: ExitCode) => void (code = end) }
  // With --json the one document is the envelope of the error.
  const output = {
    writeOut: (text: string) => terminal.write(text),
    writeErr: (text: string) => void (json !== false || stderr.write(text)),
  }
  try {
    const program = createProgram(context, { version: await readVersion(), output, width: stdout.columns ?? HELP_WIDTH })
    if (args.length === 0) program.help({ error: true })
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return EXIT.done
      if (json !== false) reportError(terminal, toUsageError(thrown), { json, now: context.now() })
      return EXIT.usage
    }
    const error = toSwitchyardError(thrown)
    reportError(terminal, error, { json, now: context.now() })
    if ((env['SWITCHYARD_DEBUG'] ?? '') !== '') terminal.note(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown))
    return exitCodeOf(error)
  }
}

function toUsageError({ message }: CommanderError): UserError {
  return new UserError('USAGE', message.replace(/^error: /, ''), { hint: 'See `switchyard --help`.' })
}

const manifestSchema = z.object({ version: z.string() })

async function readVersion(): Promise<string> {
  return manifestSchema.parse(JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))).version
}
