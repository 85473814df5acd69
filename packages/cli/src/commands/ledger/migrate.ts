import { type CommandContext, renderExamples, type RegisterCommand } from '../../command.ts'
import { addLedgerCommand, type LedgerOptions, noLedgerError, withLedger } from '../../ledger/ledger-command.ts'
import { printJson } from '../../terminal/report-error.ts'

/** `switchyard ledger migrate`: bring the documents to the newest version. */
export const registerMigrate: RegisterCommand = (group, context) => {
  addLedgerCommand(group, 'migrate')
    .summary('bring the documents to the newest version')
    .description(
      'Reads every document that names a version and says at which it is. There is one version of each so far, so nothing is ever written; a newer one than is known here is refused.',
    )
    .addHelpText('after', renderExamples('switchyard ledger migrate --repository acme/source-app'))
    .action((options) => migrateLedger(options, context))
}

async function migrateLedger(options: LedgerOptions, context: CommandContext): Promise<void> {
  const { terminal } = context
  const { NEWEST_VERSIONS, readVersions } = await import('@switchyard/ledger/maintenance')
  const { renderMigration } = await import('../../ledger/migration.ts')
  await withLedger(options, context, async ({ source, store }) => {
    const { branch } = store.place
    const versions = await readVersions(store)
    if (versions === undefined) throw noLedgerError(source, branch)
    if (options.json) {
      printJson(terminal, {
        schema_version: 1,
        branch,
        head: versions.head,
        newest: NEWEST_VERSIONS,
        documents: versions.documents,
        written: [],
      })
    } else terminal.print(renderMigration(terminal, branch, versions))
  })
}
