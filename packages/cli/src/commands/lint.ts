import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { parseLogin } from '../parse-arguments.ts'
import { printJson } from '../terminal/report-error.ts'

/** `switchyard lint`: what is wrong with workflows, actions and configuration files. */
export const registerLint: RegisterCommand = (program, context) => {
  program
    .command('lint')
    .summary('find faults in workflows, actions and configuration files')
    .description(
      "Checks .github/workflows, every action.yml and what Switchyard reads of repositories, offline: by GitHub's own language service, by the rules of safe " +
        'workflows, and by the parsers of .github/dispatching.yml, .github/switchyard.yml, .github/bootstrap.json, bootstrap/catalog.yml and ' +
        'bootstrap/requests/*.json. A folder is a repository if it holds .git, .github or an action; else the folders in it are looked at.',
    )
    .argument('<folders...>', 'repositories, or folders of repositories')
    .option('--owner <login>', 'who owns the repositories: what a bare name in a configuration file means', parseLogin, 'owner')
    .option('--strict', 'warnings are faults, too')
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', renderExamples('switchyard lint .', 'switchyard lint --strict --json repositories/*'))
    .action((folders, { owner, strict, json }) => lint({ folders, owner, strict: strict ?? false, json: json ?? false }, context))
}

interface LintWanted {
  readonly folders: readonly string[]
  readonly owner: string
  readonly strict: boolean
  readonly json: boolean
}

async function lint({ folders, owner, strict, json }: LintWanted, { terminal, endWith }: CommandContext): Promise<void> {
  const { lintFolders } = await import('../lint/lint-folders.ts')
  terminal.progress('Reading …')
  const report = await lintFolders({ folders, owner, base: process.cwd() })
  const errors = report.faults.filter(({ severity }) => severity === 'error').length
  if (json) {
    const faults = report.faults.map(({ place, severity, code, message, hint }) => ({
      ...place,
      severity,
      code,
      message,
      hint: hint ?? null,
    }))
    printJson(terminal, { schema_version: 1, files: report.files.size, errors, warnings: report.faults.length - errors, faults })
  } else {
    const { renderReport } = await import('../lint/render-report.ts')
    terminal.print(renderReport(terminal, report))
  }
  if (errors > 0 || (strict && report.faults.length > 0)) endWith(EXIT.fault)
}
