import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { EXIT } from '../../exit-codes.ts'
import { addLedgerCommand, type LedgerOptions, noLedgerError, withLedger } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'
import { renderColumns } from '../../terminal/table.ts'

/** `switchyard ledger verify`: whether everything derived is what the events give. */
export const registerVerify: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'verify')
    .summary('compare every derived file with the events')
    .description(
      'Names every file of a ledger that is not what its events give, events that are not whole, and texts they name that are missing or altered. Ends with 1 if there are any. Writes nothing.',
    )
    .addHelpText(
      'after',
      renderExamples('switchyard ledger verify --repository acme/source-app', 'switchyard ledger verify --folder . --json'),
    )
    .action((options) => verifyLedger(options, context))
}

async function verifyLedger(options: LedgerOptions, context: CommandContext): Promise<void> {
  const { terminal, endWith } = context
  const { verify } = await import('@switchyard/ledger/maintenance')
  const { withDecider } = await import('@switchyard/streams')
  const { getRuledStream } = await import('../../ledger/ruled-stream.ts')
  await withLedger(options, context, async ({ source, stream, store }) => {
    const { head, events, findings } = await withDecider(getRuledStream(stream), (decider) => verify(decider, store))
    const { branch } = store.place
    if (head === undefined) throw noLedgerError(source, branch)
    const errors = findings.filter(({ severity }) => severity === 'error').length
    if (options.json) printJson(terminal, { schema_version: 1, branch, head, events, errors, warnings: findings.length - errors, findings })
    else {
      if (findings.length > 0) {
        const rows = findings.map(({ severity, kind, path, message }) => [severity, kind, path, message])
        terminal.print(`${renderColumns(terminal, { head: ['', 'finding', 'file', 'what'], rows })}\n`)
      }
      const sum =
        errors === 0
          ? 'every derived file is what they give'
          : `${errors === 1 ? 'one file that is' : `${errors} files that are`} not right`
      terminal.print(`${branch} at ${head.slice(0, 12)}: ${events} events, ${sum}, ${findings.length - errors} warnings`)
    }
    if (errors > 0) endWith(EXIT.fault)
  })
}
