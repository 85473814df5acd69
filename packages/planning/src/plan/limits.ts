/** A plan's text, in UTF-16 units without byte-order mark. Source: plan contract. */
export const MAX_PLAN_LENGTH = 100_000
/** GitHub: "title is too long (maximum is 256 characters)", said of issues. */
export const MAX_TITLE_LENGTH = 256
/** A node's text as its issue shows it, in UTF-16 units: GitHub's 65,536 for a body, less what markers and notes around it take. */
export const MAX_TEXT_LENGTH = 62_000
/** Blockers of one issue. Source: GitHub docs, "Creating issue dependencies". */
export const MAX_BLOCKERS = 50
/** Issues of one plan, parts among them: what is kept of a plan stays small, and GitHub's hour has room for half of them. */
export const MAX_ISSUES = 1_000
/** Children of one parent that stay together; GitHub takes 100, and people add some of their own. */
export const MAX_UNSPLIT_CHILDREN = 90
export const MAX_PATH_LENGTH = 512
export const MAX_LABELS = 100
/** GitHub: labels and logins. */
export const MAX_LABEL_LENGTH = 50
export const MAX_LOGIN_LENGTH = 60
/** GitHub: "You can assign up to 10 people to each issue". */
export const MAX_ASSIGNEES = 10
/** Faults told at once: nobody mends more in one go. */
export const MAX_FAULTS = 100
/** List items and quote marks: the Markdown parser's time grows with their square. */
export const MAX_CONTAINERS = 2_000
/** Lists and quotes inside one another. */
export const MAX_DEPTH = 16
/** Lines below a list or quote that are not indented, times the containers above them: the parser looks through all of them each time. */
export const MAX_LAZY_WORK = 100_000
export const MAX_LAZY_LINES = 500
/** Headings that are underlined. */
export const MAX_UNDERLINED = 500
/** Brackets that could open a link. */
export const MAX_BRACKETS = 4_000
