/** Most UTF-16 units of a comment of ours. GitHub refuses 65,536 characters. */
export const MAX_BODY = 60_000
/** Most units of a check run's summary, and of its text. GitHub refuses above 65,535. */
export const MAX_CHECK = 65_000
/** Most units of a strangers' title, name or sentence on one line. */
export const MAX_TITLE = 200
export const MAX_SAID = 400
/** Most units of a path that is shown. */
export const MAX_PATH = 300
