/** Notes and reasons, in characters: a state of fifty steps stays under 100 KB. Longer ones belong on the issue. */
export const MAX_NOTES = 1_000
/** Who carried a step out, in characters: a login, or whatever an old matrix calls people. */
export const MAX_PERSON = 100
