import type { Style, Terminal } from '../terminal/terminal.ts'

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  success: ['✓', 'green'],
  failure: ['✗', 'red'],
  startup_failure: ['✗', 'red'],
  cancelled: ['!', 'yellow'],
  skipped: ['–', 'dim'],
}

/** The sign of a conclusion without colour; undefined is for what has not ended. */
export const markOf = (conclusion: string | undefined): string => marks[conclusion ?? '']?.[0] ?? '…'

export function renderMark(terminal: Pick<Terminal, 'style'>, conclusion: string | undefined): string {
  return terminal.style(marks[conclusion ?? '']?.[1] ?? 'dim', markOf(conclusion))
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Milliseconds as people read them: `40 ms`, `1.2 s`, `3 min 5 s`. */
export function renderDuration(milliseconds: number): string {
  if (milliseconds < 100) return `${Math.round(milliseconds)} ms`
  if (milliseconds < MINUTE - 50) return `${(milliseconds / SECOND).toFixed(1)} s`
  const seconds = Math.round(milliseconds / SECOND)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
