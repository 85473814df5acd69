import { createProgram } from '@switchyard/cli/program'
import type { Generator } from './generator.ts'

const file = 'docs/reference/cli.md'
/** Columns of the help texts on the page. */
const WIDTH = 100

/** What of commander's commands is used. */
interface Command {
  readonly commands: readonly Command[]
  name(): string
  outputHelp(): void
}

/** The `switchyard` command in its own words: the help text of each of its commands. */
export const cliReference: Generator = {
  name: 'command line',
  owns: [],
  files: () => Promise.resolve(new Map([[file, renderPage()]])),
}

function renderPage(): string {
  let written = ''
  const write = (text: string): void => void (written += text)
  const silent = { print: write, write, note: write, progress: write, isLive: false, style: (_: unknown, text: string) => text }
  const context = { terminal: silent, env: {}, now: () => 0, endWith: () => undefined }
  const program: Command = createProgram(context, { version: '0.0.0', output: { writeOut: write, writeErr: write }, width: WIDTH })
  const takeHelp = (command: Command): string => {
    written = ''
    command.outputHelp()
    return written.trimEnd()
  }
  const sections = listCommands(program, '').map(({ name, command }) => `## \`${name}\`\n\n\`\`\`text\n${takeHelp(command)}\n\`\`\``)
  return (
    [
      '<!-- Made by `npm run generate`. -->',
      '# The `switchyard` command',
      'How it is started, and what lint finds: [packages/cli](../../packages/cli/README.md).',
      ...sections,
    ].join('\n\n') + '\n'
  )
}

interface Named {
  readonly name: string
  readonly command: Command
}

/** A command and all below it, each by its whole name. */
function listCommands(command: Command, above: string): readonly Named[] {
  const name = `${above}${command.name()}`
  return [{ name, command }, ...command.commands.flatMap((inner) => listCommands(inner, `${name} `))]
}
