import { Command } from '@commander-js/extra-typings'
import type { CommandContext } from './command.ts'
import { commands } from './commands/index.ts'
import { EXIT_HELP } from './exit-codes.ts'

export interface ProgramOptions {
  readonly version: string
  /** Where help and usage errors go. */
  readonly output: { readonly writeOut: (text: string) => void; readonly writeErr: (text: string) => void }
  /** Columns that help may take. */
  readonly width: number
}

/** The `switchyard` command with all its commands. Usage errors and help are thrown as a `CommanderError`: nothing here exits. */
export function createProgram(context: CommandContext, { version, output, width }: ProgramOptions): Command {
  const program = new Command()
    .name('switchyard')
    .description('Repository operations on GitHub Actions, with no server')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show what there is, or how a command is used')
    .helpCommand(false)
    .addHelpText('after', `\n${EXIT_HELP}`)
    .exitOverride()
    .configureOutput({
      ...output,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
  for (const register of commands) register(program, context)
  return program
}
