/** Of a matrix: 200 customers with 100 steps each, or 400 with 50. */
export const MAX_ROWS = 20_000
/** In UTF-16 units. */
export const MAX_CSV_LENGTH = 5_000_000
/** Notes and reasons, in characters: what a customer's record keeps. */
export const MAX_NOTES_LENGTH = 1_000
/** Who carried a step out: a login, or whatever an old matrix calls people. */
export const MAX_PERSON_LENGTH = 100
