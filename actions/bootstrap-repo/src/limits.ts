/** How long a run may go on, in ms. Source: bootstrap contract, "30 minutes". */
export const STEP_MS = 30 * 60_000
/** How long one command of a recipe may take, in ms. */
export const COMMAND_MS = 10 * 60_000
/** How long a repository that was just made may answer that it is not there, in ms. */
export const FRESH_MS = 60_000
