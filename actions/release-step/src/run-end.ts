import { RUN_MS } from './limits.ts'

/** How a step's run ended. */
export interface RunEnd {
  readonly exitCode: number
  /** As the conclusion of a check run is called. */
  readonly conclusion: 'success' | 'failure' | 'timed_out'
  /** Goes on a sentence that names the step. */
  readonly words: string
}

/** What a shell says of a command that took too long. */
const TIMED_OUT = 124
const MINUTE_MS = 60_000

export function endOf(ended: number | 'timed-out'): RunEnd {
  if (ended === 'timed-out') {
    return { exitCode: TIMED_OUT, conclusion: 'timed_out', words: `was stopped after ${RUN_MS / MINUTE_MS} minutes` }
  }
  return { exitCode: ended, conclusion: ended === 0 ? 'success' : 'failure', words: `ended with exit code ${ended}` }
}
