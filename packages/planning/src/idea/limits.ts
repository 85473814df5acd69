/** Source: plan contract, "limited to 10 an hour per user", over all ideas. */
export const UPLOADS_PER_HOUR = 10
export const HOUR_MS = 3_600_000
/** Rounds that a state keeps of the saved plan's review; all of them stand in the view `reviews`. */
export const MAX_ROUNDS = 50
/** A failure's words, in characters. */
export const MAX_FAILURE = 2_000
