import { toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { renderDuration } from './render-words.ts'

export interface LiveJob {
  /** Repository, workflow and job. */
  readonly where: string
  readonly step: string
}

/** The jobs that run now, a line each, below everything printed. */
export interface LiveView {
  show(id: number, job: LiveJob): void
  remove(id: number): void
  /** Draws it again below what has been printed since. */
  draw(): void
  end(): void
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const FRAME_TIME = 100
/** More would fill a small window. */
const MOST_LINES = 8

/** On what is no terminal nothing is drawn and no clock runs. */
export function openLiveView(terminal: Terminal, now: () => number): LiveView {
  const jobs = new Map<number, LiveJob & { readonly since: number }>()
  let frame = 0
  const renderJob = ({ where, step, since }: LiveJob & { readonly since: number }): string =>
    `  ${FRAMES[frame % FRAMES.length]} ${toInertLine(where)}  ${renderDuration(now() - since)}  ${toInertLine(step)}`
  const draw = (): void => {
    const lines = [...jobs.values()].map(renderJob)
    const hidden = lines.length - MOST_LINES
    terminal.progress(...(hidden > 0 ? [...lines.slice(0, MOST_LINES), `    and ${hidden} more`] : lines))
  }
  const turn = (): void => {
    frame += 1
    if (jobs.size > 0) draw()
  }
  const timer = terminal.isLive ? setInterval(turn, FRAME_TIME).unref() : undefined
  return {
    draw,
    show(id, job) {
      jobs.set(id, { ...job, since: jobs.get(id)?.since ?? now() })
      draw()
    },
    remove: (id) => void jobs.delete(id),
    end() {
      clearInterval(timer)
      terminal.progress()
    },
  }
}
