import { type Command, Option } from '@commander-js/extra-typings'
import { STREAMS, type StreamName, UserError } from '@switchyard/core'
import type { LedgerStore } from '@switchyard/ledger'
import type { CommandContext } from '../command.ts'
import { parseBranch, parseRepository } from '../parse-arguments.ts'
import { type LedgerSource, openSource, type SourceWanted } from './open-source.ts'

/** A command of `switchyard ledger` with the options that say which ledger it is about. */
export function addLedgerCommand(group: Command, name: string) {
  return group
    .command(name)
    .addOption(
      new Option('--repository <owner/name>', 'the repository on GitHub that keeps the ledger; left out: GITHUB_REPOSITORY').argParser(
        parseRepository,
      ),
    )
    .addOption(new Option('--folder <folder>', 'a clone of that repository, read with git and without network').conflicts('repository'))
    .addOption(new Option('--stream <stream>', 'the capability whose ledger it is').choices(STREAMS))
    .addOption(new Option('--branch <branch>', 'the branch; left out: switchyard/<stream>').argParser(parseBranch))
    .option('--json', 'print one JSON document')
}

export interface LedgerOptions extends SourceWanted {
  readonly stream?: StreamName | undefined
  readonly branch?: string | undefined
  readonly json?: true | undefined
}

/** The ledger that a command is about. */
export interface OpenedLedger {
  readonly source: LedgerSource
  readonly stream: StreamName
  readonly store: LedgerStore
}

/** Opens where the ledgers are, and closes it again whatever happens. */
export async function withSource(
  options: SourceWanted,
  context: CommandContext,
  work: (source: LedgerSource) => Promise<void>,
): Promise<void> {
  const source = await openSource(options, context)
  try {
    await work(source)
  } finally {
    source.close()
  }
}

/** The same for one ledger: of `dispatch`, unless another stream is named. */
export function withLedger(options: LedgerOptions, context: CommandContext, work: (ledger: OpenedLedger) => Promise<void>): Promise<void> {
  const stream = options.stream ?? 'dispatch'
  return withSource(options, context, async (source) => {
    context.terminal.progress('Reading …')
    await work({ source, stream, store: source.open(options.branch ?? `switchyard/${stream}`) })
  })
}

export function noLedgerError({ name }: LedgerSource, branch: string): UserError {
  return new UserError('NO_LEDGER', `${name} has no branch ${branch}`, {
    hint: 'Nothing was recorded there yet, or it was not fetched. `switchyard ledger show` lists what there is.',
  })
}
