import { InvalidArgumentError } from 'commander'
import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { addLedgerCommand, type LedgerOptions, withSource } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'

/** `switchyard ledger show`: what is recorded. */
export const registerShow: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'show')
    .summary('what is recorded: streams, subjects, open intents')
    .description(
      'Shows the ledgers of a repository with their subjects, last events and open intents; or of one subject its events in order.',
    )
    .argument('[subject]', 'show the events of this subject')
    .option('--limit <number>', 'subjects shown of each ledger', parseLimit, 30)
    .addHelpText(
      'after',
      renderExamples('switchyard ledger show --repository acme/source-app', 'switchyard ledger show --folder . repo-1~run-7'),
    )
    .action((subject, options) => show({ ...options, subject }, context))
}

interface ShowWanted extends LedgerOptions {
  readonly subject: string | undefined
  readonly limit: number
}

async function show({ subject, limit, ...options }: ShowWanted, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { getEventsOf, readLedgers, renderEvents, renderOverview } = await import('../../ledger/show.ts')
  const { summariseSubjects } = await import('../../ledger/summarise.ts')
  await withSource(options, context, async (source) => {
    terminal.progress('Reading …')
    const ledgers = await readLedgers(source, options)
    if (subject !== undefined) {
      const events = getEventsOf(ledgers, subject)
      if (options.json) printJson(terminal, { schema_version: 1, subject, events })
      else terminal.print(renderEvents(terminal, events))
      return
    }
    if (!options.json) {
      terminal.print(renderOverview(terminal, ledgers, { limit }))
      return
    }
    const documents = ledgers.map(({ branch, head, events, intents }) => ({
      branch,
      head,
      events: events.length,
      subjects: summariseSubjects(events, intents.values()).map(({ openIntents, ...rest }) => ({ ...rest, open_intents: openIntents })),
      intents: Object.fromEntries(intents),
    }))
    printJson(terminal, { schema_version: 1, ledgers: documents })
  })
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('A limit is a number from 1 on.')
  return Number(text)
}
