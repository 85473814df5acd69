import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { addLedgerCommand, type LedgerOptions, noLedgerError, withLedger } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'
import { writeOutput } from '../../write-output.ts'

/** `switchyard ledger export`: every event. */
export const registerExport: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'export')
    .summary('every event, as JSON Lines')
    .description(
      'Prints every event of a ledger in order, one JSON object a line; with --json all of them in one document. Events name long texts by their SHA-256; --texts adds those, after the events. All or nothing.',
    )
    .option('--texts', 'the texts that events name, too, each as `{"sha256":…,"text":…}`')
    .option('--output <file>', 'write them to this file')
    .addHelpText(
      'after',
      renderExamples(
        'switchyard ledger export --repository acme/source-app --output events.jsonl',
        'switchyard ledger export --folder . | jq .type',
      ),
    )
    .action((options) => exportLedger(options, context))
}

interface ExportWanted extends LedgerOptions {
  readonly output?: string | undefined
  readonly texts?: boolean | undefined
}

async function exportLedger({ output, texts = false, ...options }: ExportWanted, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { readExport, renderExport } = await import('@switchyard/ledger/maintenance')
  await withLedger(options, context, async ({ source, store }) => {
    const { branch } = store.place
    const log = await readExport(store, { texts })
    if (log === undefined) throw noLedgerError(source, branch)
    const lines = renderExport(log)
    if (output !== undefined) await writeOutput(output, lines)
    const count = log.events.length
    const shown =
      output === undefined ? { events: log.events, ...(texts ? { texts: Object.fromEntries(log.texts) } : {}) } : { count, output }
    if (options.json) printJson(terminal, { schema_version: 1, branch, head: log.head, ...shown })
    else if (output === undefined) terminal.write(lines)
    else terminal.print(`${count} events of ${branch}${texts ? ` and ${log.texts.size} texts` : ''} are in ${output}`)
  })
}
