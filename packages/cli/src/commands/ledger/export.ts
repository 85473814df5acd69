import { writeFile } from 'node:fs/promises'
import { canonicalJson, UserError } from '@switchyard/core'
import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { addLedgerCommand, type LedgerOptions, noLedgerError, withLedger } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'

/** `switchyard ledger export`: every event. */
export const registerExport: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'export')
    .summary('every event, as JSON Lines')
    .description('Prints every event of a ledger in order, one JSON object a line; with --json all of them in one document. All or nothing.')
    .option('--output <file>', 'write them to this file')
    .addHelpText('after', renderExamples('switchyard ledger export --repository acme/source-app --output events.jsonl', 'switchyard ledger export --folder . | jq .type'))
    .action((options) => exportLedger(options, context))
}

async function exportLedger({ output, ...options }: LedgerOptions & { readonly output?: string | undefined }, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { readEvents } = await import('@switchyard/ledger/maintenance')
  await withLedger(options, context, async ({ source, store }) => {
    const { branch } = store.place
    const log = await readEvents(store)
    if (log === undefined) throw noLedgerError(source, branch)
    const lines = log.events.map((event) => `${canonicalJson(event)}\n`).join('')
    if (output !== undefined) await write(output, lines)
    const count = log.events.length
    if (options.json) printJson(terminal, { schema_version: 1, branch, head: log.head, ...(output === undefined ? { events: log.events } : { count, output }) })
    else if (output === undefined) terminal.write(lines)
    else terminal.print(`${count} events of ${branch} are in ${output}`)
  })
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new UserError('OUTPUT_NOT_WRITABLE', `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  })
}
