import type { Progress } from '@switchyard/workflow-runner'
import { toInertLine } from '../terminal/inert.ts'
import type { Style, Terminal } from '../terminal/terminal.ts'

export interface ReportOptions {
  /** Every line of every job, too. */
  readonly log: boolean
}

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  success: ['✓', 'green'], failure: ['✗', 'red'], startup_failure: ['✗', 'red'], cancelled: ['!', 'yellow'], skipped: ['–', 'dim'],
}

export function renderMark(terminal: Pick<Terminal, 'style'>, conclusion: string | undefined): string {
  const [mark, style] = marks[conclusion ?? ''] ?? ['…', 'dim']
  return terminal.style(style, mark)
}

/** Tells of runs as they go: a line for each that begins and each job that ends; on a terminal, below them, what runs now. */
export function reportProgress(terminal: Terminal, { log }: ReportOptions): (progress: Progress) => void {
  const now = new Map<number, string>()
  const showNow = (): void => {
    const [first] = now.values()
    if (first !== undefined) terminal.progress(toInertLine(`… ${first}${now.size > 1 ? ` and ${now.size - 1} more` : ''}`).slice(0, 100))
  }
  const print = (text: string): void => {
    terminal.print(text)
    showNow()
  }
  return (progress) => {
    switch (progress.kind) {
      case 'run-queued': {
        const { repository, workflow, title, event } = progress.run
        const shown = title === workflow ? '' : ` “${toInertLine(title)}”`
        return print(`${terminal.style('bold', `${repository} · ${toInertLine(workflow)}`)}${shown} ${terminal.style('dim', `(${event})`)}`)
      }
      case 'run-refused':
        for (const reason of progress.reasons) print(`  ${renderMark(terminal, 'failure')} ${toInertLine(reason)}`)
        return
      case 'step-started':
        now.set(progress.job.id, `${progress.run.repository} · ${progress.run.workflow} · ${progress.job.name} · ${progress.step}`)
        return showNow()
      case 'line':
        if (log) print(`${terminal.style('dim', `${progress.run.workflow} · ${toInertLine(progress.job.name)} |`)} ${toInertLine(progress.text)}`)
        return
      case 'job-completed': {
        now.delete(progress.job.id)
        const time = progress.conclusion === 'skipped' ? '' : ` ${terminal.style('dim', renderSeconds(progress.durationMs))}`
        const where = `${progress.run.repository} · ${toInertLine(progress.run.workflow)} · ${toInertLine(progress.job.name)}`
        return print(`  ${renderMark(terminal, progress.conclusion)} ${where}${time}`)
      }
      case 'note':
        return terminal.note(toInertLine(progress.text))
      case 'run-started':
      case 'run-completed':
      case 'job-started':
      case 'step-completed':
        return
      default:
        progress satisfies never
    }
  }
}

export const renderSeconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`
