import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { readOnlyError } from '../../ledger/clone-store.ts'
import { addLedgerCommand, type LedgerOptions, noLedgerError, withLedger } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'

/** `switchyard ledger rebuild`: derived files, made anew. */
export const registerRebuild: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'rebuild')
    .summary('make every derived file anew from the events')
    .description(
      'Writes what `verify` would name, in as few commits as GitHub takes; the events are not touched. The token needs `contents: write`.',
    )
    .addHelpText('after', renderExamples('switchyard ledger rebuild --repository acme/source-app --stream dispatch'))
    .action((options) => rebuildLedger(options, context))
}

async function rebuildLedger(options: LedgerOptions, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { NOTHING_BESIDE, rebuild } = await import('@switchyard/ledger/maintenance')
  const { withDecider } = await import('@switchyard/streams')
  const { getRuledStream } = await import('../../ledger/ruled-stream.ts')
  await withLedger(options, context, async ({ source, stream, store }) => {
    if (source.isReadOnly) throw readOnlyError()
    const ruled = getRuledStream(stream)
    const { branch } = store.place
    const { head } = await store.read({ files: [], folders: [] }, NOTHING_BESIDE)
    if (head === undefined) throw noLedgerError(source, branch)
    const { written, deleted } = await withDecider(ruled, (decider) => rebuild(decider, store))
    if (options.json) printJson(terminal, { schema_version: 1, branch, written, deleted })
    else if (written.length + deleted.length === 0) terminal.print(`${branch}: every derived file was right already`)
    else {
      terminal.print(
        [
          `${branch}: ${written.length} files made anew, ${deleted.length} removed`,
          ...written.map((path) => `  made    ${path}`),
          ...deleted.map((path) => `  removed ${path}`),
        ].join('\n'),
      )
    }
  })
}
