/** In UTF-16 units. GitHub's GraphQL cuts a blob's text at 512,000 bytes; a catalogue must be readable whole. */
export const MAX_CATALOGUE_LENGTH = 500_000
export const MAX_OPTIONS = 1_000
/** Actions of one resolved recipe. */
export const MAX_ACTIONS = 200
/** A content of WRITE_FILE or APPEND_TO_FILE, in bytes of UTF-8. */
export const MAX_CONTENT_BYTES = 65_536
export const MAX_FIND_LENGTH = 1_024
export const MAX_REPLACE_LENGTH = 8_192
export const MAX_MARKER_LENGTH = 256
export const MAX_ADR_NUMBER = 99
export const MAX_TITLE_LENGTH = 160
export const MAX_CONDITION_LENGTH = 1_000
export const MAX_COMMAND_LENGTH = 1_024
/** GitHub: topics of one repository (REST, "Replace all repository topics"). */
export const MAX_TOPICS = 20
/** Faults told at once: each one's place costs a walk through the text. */
export const MAX_FAULTS = 100
