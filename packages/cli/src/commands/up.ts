import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import { parseLogin, parsePort } from '../parse-arguments.ts'

/** `switchyard up`: the embedded GitHub, for as long as it is wanted. */
export const registerUp: RegisterCommand = (program, context) => {
  program
    .command('up')
    .summary('run an embedded GitHub with your repositories')
    .description('Starts an embedded GitHub on this machine, pushes every sub-folder of a folder to it as a repository, and runs until it is interrupted.')
    .requiredOption('--seed <folder>', 'a folder whose sub-folders become repositories')
    .option('--owner <login>', 'the organisation that owns them', parseLogin, 'acme')
    .option('--port <number>', 'the port to listen on; 0 takes a free one', parsePort, 0)
    .option('--json', 'print the addresses as JSON')
    .addHelpText('after', renderExamples('switchyard up --seed examples/dispatch', 'switchyard up --seed . --owner my-company --port 8787 --json'))
    .action(async ({ seed, owner, port, json }) => up({ folder: seed, owner, port, json: json ?? false }, context))
}

async function up({ folder, owner, port, json }: { folder: string; owner: string; port: number; json: boolean }, { terminal }: CommandContext): Promise<void> {
  const { startSeeded } = await import('../up/start-seeded.ts')
  const { describeAddresses, renderAddresses } = await import('../up/addresses.ts')
  const { whenInterrupted } = await import('../up/interruption.ts')
  terminal.progress('Starting …')
  const interrupted = whenInterrupted()
  const seeded = await startSeeded({ folder, owner, port })
  try {
    const addresses = describeAddresses(seeded)
    terminal.print(json ? JSON.stringify(addresses, null, 2) : renderAddresses(terminal, addresses))
    await interrupted
    if (!json) terminal.note('Closing.')
  } finally {
    await seeded.github.close()
  }
}
