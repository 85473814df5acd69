import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

/** `switchyard demo`: the main job on real repositories, from a push to a deployment, offline. */
export const registerDemo: RegisterCommand = (program, context) => {
  program
    .command('demo')
    .summary('see the main job from a push to a deployment, offline')
    .description(
      'Pushes the example repositories to an embedded GitHub, pushes a change to one of them, and shows what follows: CI runs, its end ' +
        'runs the dispatch workflow, that starts the workflow of another repository. Leaves a page with every job and its log.',
    )
    .option('--out <folder>', 'where the page is written', 'out/demo')
    .addHelpText('after', renderExamples('switchyard demo', 'switchyard demo --out /tmp/demo'))
    .action(async ({ out }) => demo(resolve(out), context))
}

async function demo(folder: string, { terminal, now, endWith }: CommandContext): Promise<void> {
  const { tellDispatchStory } = await import('../demo/dispatch-story.ts')
  const { isAllWell, recordRuns } = await import('../run/record-runs.ts')
  const { reportProgress } = await import('../run/report-progress.ts')
  const { renderDuration } = await import('../run/render-words.ts')
  const { renderRunsPage } = await import('../page/render-runs-page.ts')
  const started = now()
  const record = recordRuns()
  const reporter = reportProgress(terminal, { now })
  const parts = await tellDispatchStory({
    terminal,
    onProgress(progress) {
      record.take(progress)
      reporter.take(progress)
    },
  }).finally(() => reporter.end())
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const page = join(folder, 'index.html')
  await writeFile(page, renderRunsPage({ title: 'From a push to a deployment', parts, runs: record.runs }))
  terminal.print(`\n${terminal.style('green', 'Done')} in ${renderDuration(now() - started)}. Open ${terminal.style('bold', page)} for every job, its log and its summary.`)
  if (!isAllWell(record.runs)) endWith(EXIT.fault)
}
