/** The capabilities that keep a stream of their own. */
export const STREAMS = ['dispatch', 'bootstrap', 'release', 'plan', 'platform', 'fleet'] as const
export type StreamName = (typeof STREAMS)[number]

/** Who asked. `system` is a run by itself, `agent` a machine account that acts for someone. */
export interface Actor {
  readonly login: string
  readonly kind: 'user' | 'system' | 'schedule' | 'agent'
}

/** Which job wrote. Records keep the names of their published schemas. */
export interface RunRef {
  readonly repository: string
  readonly run_id: number
  readonly run_attempt: number
  readonly job: string
  readonly url: string
}

/** An attempt of a run: GitHub gives an id to one run alone. */
export type AttemptRef = Pick<RunRef, 'run_id' | 'run_attempt'>

/** Whether two references name the same attempt of the same run, whatever the job. */
export function isSameAttempt(left: AttemptRef, right: AttemptRef): boolean {
  return left.run_id === right.run_id && left.run_attempt === right.run_attempt
}

/** How long a job may go on, in ms: GitHub cuts it off after six hours unless the workflow says less (Actions limits). */
export const JOB_MS = 6 * 60 * 60_000

/** An event with its place in the stream. */
export type Recorded<Event> = Event & {
  readonly id: string
  /** The stream's next number, taken under the compare-and-swap. Order is by it, never by a clock. */
  readonly seq: number
  readonly subject: string
  /** ms since the epoch, UTC. */
  readonly at: number
  readonly actor: Actor
  readonly run: RunRef
  readonly correlation_id: string
}
