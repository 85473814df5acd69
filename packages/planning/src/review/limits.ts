/** Findings of one round. */
export const MAX_FINDINGS = 100
/** One finding's text, and where it is, in characters. */
export const MAX_FINDING = 2_000
export const MAX_WHERE = 200
/** All findings of a round together, in characters: a round stays under 100 KB in any script. */
export const MAX_ALL_FINDINGS = 25_000
export const MAX_REVIEWER = 100
/** Of a result's JSON, in characters: a plan of 100,000 may have many that are escaped. */
export const MAX_RESULT = 400_000
