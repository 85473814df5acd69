import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import type { Story } from '../demo/story.ts'
import { EXIT } from '../exit-codes.ts'
import type { Chapter } from '../page/render-chapter.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface DemoOptions {
  readonly out: string
  readonly story?: string
}

/** `switchyard demo`: the toolkit's jobs on real repositories, told as they happen, offline. */
export const registerDemo: RegisterCommand = (program, context) => {
  program
    .command('demo')
    .summary('see the main jobs from beginning to end, offline')
    .description(
      'Pushes the example repositories to an embedded GitHub, does what people do there, and shows what follows. A push runs CI, whose end ' +
        'starts the workflow of another repository. An issue is answered with a preview, becomes a repository, and is kept up to date. ' +
        'A release is walked through ten customers, from its board. A plan becomes issues, and pull requests are held against it. ' +
        'Leaves a page with every job and its log.',
    )
    .option('--out <folder>', 'where the page is written', 'out/demo')
    .option('--story <name>', 'only one of them: dispatch, bootstrap, release or plan')
    .addHelpText('after', renderExamples('switchyard demo', 'switchyard demo --story bootstrap', 'switchyard demo --out /tmp/demo'))
    .action(async (options) => demo(options, context))
}

async function demo({ out, story }: DemoOptions, { terminal, now, endWith }: CommandContext): Promise<void> {
  const { stories } = await import('../demo/stories.ts')
  const { renderDuration } = await import('../run/render-words.ts')
  const { renderStoriesPage } = await import('../page/render-stories-page.ts')
  const chosen = stories.filter(({ name }) => name === (story ?? name))
  if (chosen.length === 0) {
    throw new UserError('USAGE', `There is no story ${story}`, { hint: `Use one of ${stories.map(({ name }) => name).join(', ')}.` })
  }
  const started = now()
  const told: Told[] = []
  for (const each of chosen) told.push(await tellOne(each, terminal, now))
  const folder = resolve(out)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const page = join(folder, 'index.html')
  await writeFile(page, renderStoriesPage(told.map(({ chapter }) => chapter)))
  terminal.print(
    `\n${terminal.style('green', 'Done')} in ${renderDuration(now() - started)}. Open ${terminal.style('bold', page)} for every job, its log and its summary.`,
  )
  if (!told.every(({ isAsMeant }) => isAsMeant)) endWith(EXIT.fault)
}

interface Told {
  readonly chapter: Chapter
  readonly isAsMeant: boolean
}

async function tellOne(story: Story, terminal: Terminal, now: () => number): Promise<Told> {
  const { isAllWell, recordRuns } = await import('../run/record-runs.ts')
  const { reportProgress } = await import('../run/report-progress.ts')
  terminal.print(`\n${terminal.style(['bold', 'cyan'], story.title)}`)
  const record = recordRuns(`${story.name}-`)
  const reporter = reportProgress(terminal, { now })
  const parts = await story
    .tell({
      terminal,
      onProgress(progress) {
        record.take(progress)
        reporter.take(progress)
      },
    })
    .finally(() => reporter.end())
  const { name, title, lead } = story
  return {
    chapter: { id: name, title, lead, parts, runs: record.runs },
    isAsMeant: isAllWell(record.runs.filter((run) => story.isMeantToFail?.(run) !== true)),
  }
}
