/** Of a matrix: 200 customers with 100 steps each, or 400 with 50. */
export const MAX_ROWS = 20_000
/** In UTF-16 units. */
export const MAX_CSV_LENGTH = 5_000_000
