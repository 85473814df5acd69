import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import { type Fault, UserError } from '@switchyard/core'
import type { Imported } from '@switchyard/planning/plans'
import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import type { PlacedFault } from '../lint/lint-folders.ts'
import { printJson } from '../terminal/report-error.ts'
import { writeOutput } from '../write-output.ts'

const FORMATS = ['spec-kit', 'checklist'] as const

/** `switchyard import-plan`: another format as a plan. */
export const registerImportPlan: RegisterCommand = (program, context) => {
  program
    .command('import-plan')
    .summary('make a plan of a checklist, or of the tasks of spec-kit')
    .description(
      'Reads a Markdown file of another format and prints it as a plan that `/plan upload` takes: a heading becomes a story, an item of a list ' +
        'a task. What cannot be taken over is named with its line, and then nothing is written.',
    )
    .argument('<file>', 'tasks.md of spec-kit, or a checklist')
    .addOption(new Option('--from <format>', 'what it is; tasks like `- [ ] T001 …` are those of spec-kit unless given').choices(FORMATS))
    .option('--title <text>', 'what the plan is called where the file has no heading of its own; the file’s name unless given')
    .option('--out <file>', 'write the plan to this file')
    .option('--json', 'print the plan and its faults as JSON')
    .addHelpText(
      'after',
      renderExamples(
        'switchyard import-plan specs/001-albums/tasks.md --out plans/albums.md',
        'switchyard import-plan todo.md --from checklist --title "Sign in"',
      ),
    )
    .action((file, options) => importPlan({ file, ...options }, context))
}

interface ImportWanted {
  readonly file: string
  readonly from?: (typeof FORMATS)[number] | undefined
  readonly title?: string | undefined
  readonly out?: string | undefined
  readonly json?: true | undefined
}

async function importPlan({ file, from, title, out, json }: ImportWanted, context: CommandContext): Promise<void> {
  const { terminal, endWith } = context
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('FILE_NOT_READ', `${file} cannot be read`, { hint: 'Name a Markdown file.', cause })
  })
  const { importChecklist, importSpecKitTasks } = await import('@switchyard/planning/plans')
  const source = { file, title: title ?? basename(file).replace(/\.\w+$/, '') }
  const imported = (from ?? guess(text)) === 'spec-kit' ? importSpecKitTasks(text, source) : importChecklist(text, source)
  const faults = imported.ok ? imported.warnings : imported.faults
  if (imported.ok && out !== undefined) await writeOutput(out, imported.markdown)
  if (json) printJson(terminal, describe(imported, faults))
  else await show({ imported, faults, text, file, out }, context)
  if (!imported.ok) endWith(EXIT.fault)
}

function guess(text: string): (typeof FORMATS)[number] {
  return /^\s*[-*+] \[[ xX]\] T\d+\b/m.test(text) ? 'spec-kit' : 'checklist'
}

function describe(imported: Imported, faults: readonly Fault[]): object {
  const told = faults.map(({ place, severity, code, message, hint }) => ({ ...place, severity, code, message, hint: hint ?? null }))
  return { schema_version: 1, markdown: imported.ok ? imported.markdown : null, faults: told }
}

interface Shown extends Pick<ImportWanted, 'file' | 'out'> {
  readonly imported: Imported
  readonly faults: readonly Fault[]
  readonly text: string
}

/** The plan is the result; what is said of the file stands beside it. */
async function show({ imported, faults, text, file, out }: Shown, { terminal }: CommandContext): Promise<void> {
  const { renderReport } = await import('../lint/render-report.ts')
  const placed = faults.map((fault): PlacedFault => ({ ...fault, place: fault.place ?? { file, line: 1, column: 1 } }))
  if (placed.length > 0) terminal.note(renderReport(terminal, { files: new Map([[file, text]]), faults: placed }))
  if (!imported.ok) return
  if (out === undefined) terminal.write(imported.markdown)
  else terminal.print(`The plan is in ${out}. Check its stories, and that its files are named, before it is uploaded.`)
}
