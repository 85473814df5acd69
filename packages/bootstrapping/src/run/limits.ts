/** Source: bootstrap contract, "Ten starts an hour per actor". */
export const STARTS_PER_HOUR = 10
export const HOUR_MS = 3_600_000
/** Runs of one subject that its state keeps; older ones are in the events. */
export const MAX_RUNS = 20
/** Updates of one repository that its state keeps. */
export const MAX_UPDATES = 50
/** Tags whose commits are remembered. */
export const MAX_TAGS = 2_000
/** A run's log, in bytes. Source: seed 000, `output_log`. */
export const MAX_LOG_BYTES = 256 * 1_024
/** A failure's message, in characters. Source: seed 000, `error` of a run. */
export const MAX_ERROR_LENGTH = 8_192
