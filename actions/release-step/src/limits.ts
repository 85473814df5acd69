/** How long a step may go on, in ms: nothing waits beyond it. */
export const STEP_MS = 5 * 60_000
/** How old a comment or an edit is, in ms, before a sweep takes its run for lost: most start within a minute, and one may wait for others. */
export const LOST_MS = 15 * 60_000
/** How far a sweep looks back where the ledger knows of no conversation, in ms: what is older is nobody's wish any more. */
export const LOOK_BACK_MS = 24 * 60 * 60_000
/** How long one step of a release may run, in ms: under the job’s own limit, so that its end is recorded. */
export const RUN_MS = 50 * 60_000
/** What a step may say in the log, in UTF-16 units: its beginning, and of what comes behind it the end, where most often the fault stands. */
export const LOG_HEAD = 4_000_000
export const LOG_TAIL = 100_000
