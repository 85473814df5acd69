/** How long a step may go on, in ms: nothing waits beyond it. A plan of a thousand issues takes GitHub's limits some two hours. */
export const STEP_MS = 50 * 60_000
/** How old a comment is, in ms, before a sweep takes its run for lost: most start within a minute, and one may wait for others. */
export const LOST_MS = 15 * 60_000
/** How far a sweep looks back for comments that nobody answered, in ms. */
export const LOOK_BACK_MS = 24 * 60 * 60_000
/** How far a sweep looks back for pushes of plans that nobody took, in ms: a schedule may be late by hours. */
export const PUSH_LOOK_BACK_MS = 6 * 60 * 60_000
/** How many issues one request creates: GitHub cuts a request off after ten seconds. */
export const PER_REQUEST = 10
/** How long issues of a request whose answer was lost are looked for, in ms: lists may lag behind. */
export const LOOK_MS = [1_000, 2_000, 4_000] as const
/** How many ideas one sweep compares with their issues, and of how many pages of ideas it reads the list: of more, turn by turn. */
export const IDEAS_A_SWEEP = 25
export const PAGES_A_SWEEP = 10
