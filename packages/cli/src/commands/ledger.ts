import { renderExamples, type RegisterCommand } from '../command.ts'
import { registerExport } from './ledger/export.ts'
import { registerMigrate } from './ledger/migrate.ts'
import { registerRebuild } from './ledger/rebuild.ts'
import { registerShow } from './ledger/show.ts'
import { registerVerify } from './ledger/verify.ts'

/** `switchyard ledger`: look into state branches, and keep them right. */
export const registerLedger: RegisterCommand = (program, context) => {
  const group = program
    .command('ledger')
    .summary('look into the ledger, and keep it right')
    .description(
      'Works on the state branches of a repository on GitHub, with the token in GITHUB_TOKEN or GH_TOKEN and at GITHUB_API_URL if that is set, ' +
        'or with --folder on those of a clone.',
    )
    .helpCommand(false)
    .addHelpText('after', renderExamples('switchyard ledger show --repository acme/source-app', 'switchyard ledger verify --folder .'))
  for (const register of [registerShow, registerVerify, registerRebuild, registerExport, registerMigrate]) register(group, context)
}
