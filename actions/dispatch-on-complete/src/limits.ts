/** How long a step may go on, in ms: nothing waits beyond it. */
export const STEP_MS = 5 * 60_000
