import type { Progress, RunView } from '@switchyard/workflow-runner'
import { toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openLiveView } from './live-view.ts'
import { renderDuration, renderMark } from './render-words.ts'

export interface ReportOptions {
  readonly now: () => number
  /** Every line of every job, too. */
  readonly log?: boolean
  /** Every step that begins, for where nothing shows what runs now. */
  readonly steps?: boolean
}

export interface Reporter {
  take(progress: Progress): void
  /** Ends what is drawn; nothing may be reported after it. */
  end(): void
}

/** Tells of runs as they go: a line for each that begins and each job that ends; on a terminal, below them, the jobs that run now. */
export function reportProgress(terminal: Terminal, { now, log = false, steps = false }: ReportOptions): Reporter {
  const live = openLiveView(terminal, now)
  const print = (text: string): void => {
    terminal.print(text)
    live.draw()
  }
  const take = (progress: Progress): void => {
    switch (progress.kind) {
      case 'run-queued':
        return print(renderRun(terminal, progress.run))
      case 'run-refused':
        for (const reason of progress.reasons) print(`  ${renderMark(terminal, 'failure')} ${toInertLine(reason)}`)
        return
      case 'step-started': {
        const where = whereOf(progress)
        if (steps) print(terminal.style('dim', `  ${where} · ${toInertLine(progress.step)}`))
        return live.show(progress.job.id, { where, step: progress.step })
      }
      case 'line':
        if (log) {
          print(
            `${terminal.style('dim', `${toInertLine(`${progress.run.workflow} · ${progress.job.name}`)} |`)} ${toInertLine(progress.text)}`,
          )
        }
        return
      case 'job-completed': {
        live.remove(progress.job.id)
        const time = progress.conclusion === 'skipped' ? '' : ` ${terminal.style('dim', renderDuration(progress.durationMs))}`
        print(`  ${renderMark(terminal, progress.conclusion)} ${whereOf(progress)}${time}`)
        for (const problem of progress.problems) print(`    ${toInertLine(problem)}`)
        return
      }
      case 'note':
        terminal.note(toInertLine(progress.text))
        return live.draw()
      case 'run-started':
      case 'run-completed':
      case 'job-started':
      case 'step-completed':
        return
      default:
        progress satisfies never
    }
  }
  return { take, end: () => live.end() }
}

function renderRun(terminal: Terminal, { repository, workflow, title, event }: RunView): string {
  const shown = title === workflow ? '' : ` “${toInertLine(title)}”`
  return `${terminal.style('bold', `${repository} · ${toInertLine(workflow)}`)}${shown} ${terminal.style('dim', `(${event})`)}`
}

function whereOf({ run, job }: { readonly run: RunView; readonly job: { readonly name: string } }): string {
  return `${run.repository} · ${toInertLine(run.workflow)} · ${toInertLine(job.name)}`
}
