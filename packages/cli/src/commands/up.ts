import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import type { LocalGitHub } from '@switchyard/local-github'
import { parseLogin, parsePort } from '../parse-arguments.ts'

/** `switchyard up`: the embedded GitHub, for as long as it is wanted. */
export const registerUp: RegisterCommand = (program, context) => {
  program
    .command('up')
    .summary('run an embedded GitHub with your repositories')
    .description(
      'Starts an embedded GitHub on this machine, pushes every sub-folder of a folder to it as a repository, and runs until it is interrupted.',
    )
    .requiredOption('--seed <folder>', 'a folder whose sub-folders become repositories')
    .option('--owner <login>', 'the organisation that owns them', parseLogin, 'acme')
    .option('--port <number>', 'the port to listen on; 0 takes a free one', parsePort, 0)
    .option('--run', 'let events start workflows, and run their jobs on this machine')
    .option('--json', 'print the addresses as JSON')
    .addHelpText(
      'after',
      renderExamples(
        'switchyard up --seed examples/dispatch',
        'switchyard up --seed examples/dispatch --run',
        'switchyard up --seed . --owner my-company --port 8787 --json',
      ),
    )
    .action(async ({ seed, owner, port, json, run }) => up({ folder: seed, owner, port, json: json ?? false, run: run ?? false }, context))
}

interface UpOptions {
  readonly folder: string
  readonly owner: string
  readonly port: number
  readonly json: boolean
  readonly run: boolean
}

async function up({ folder, owner, port, json, run }: UpOptions, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { startSeeded } = await import('../up/start-seeded.ts')
  const { describeAddresses, renderAddresses } = await import('../up/addresses.ts')
  const { awaitInterruption } = await import('../up/interruption.ts')
  terminal.progress('Starting …')
  const { interrupted, release } = awaitInterruption()
  const seeded = await startSeeded({ folder, owner, port })
  try {
    const stopRunning = run ? await startRunning(seeded.github, context, json) : undefined
    const addresses = describeAddresses(seeded)
    terminal.print(json ? JSON.stringify(addresses, null, 2) : renderAddresses(terminal, addresses))
    await interrupted
    if (!json) terminal.note('Closing.')
    await stopRunning?.()
  } finally {
    await seeded.github.close()
    release()
  }
}

/** Milliseconds between two looks at the schedules. */
const TICK = 30_000

/** Lets workflows run. Returns what ends that. */
async function startRunning(github: LocalGitHub, { terminal, now }: CommandContext, json: boolean): Promise<() => Promise<void>> {
  const { attachRunner } = await import('@switchyard/workflow-runner')
  const { reportProgress } = await import('../run/report-progress.ts')
  const reporter = json ? undefined : reportProgress(terminal, { now, steps: !terminal.isLive })
  const runner = await attachRunner(github, { onProgress: (progress) => reporter?.take(progress) })
  let ticking = Promise.resolve()
  const timer = setInterval(() => {
    ticking = ticking
      .then(() => runner.tick())
      .catch((error: unknown) => terminal.note(`schedules: ${error instanceof Error ? error.message : String(error)}`))
  }, TICK)
  return async () => {
    clearInterval(timer)
    await ticking
    await runner.close()
    reporter?.end()
  }
}
