/** Longest file that is read, in UTF-16 units. GitHub cuts a blob's text at 512,000 bytes; no honest file comes near. */
export const MAX_FILE_LENGTH = 100_000
/** How often anchors may be repeated before the file counts as a bomb. */
export const MAX_ALIASES = 100
/** GitHub: 25 top-level inputs of a workflow_dispatch (REST, "Create a workflow dispatch event"). */
export const MAX_INPUTS = 25
/** GitHub: all inputs together as compact JSON, in characters. */
export const MAX_INPUTS_LENGTH = 65_535
/** Filled in by Switchyard when the target's workflow declares it: by it a started run is found and its chain followed. */
export const CORRELATION_INPUT = 'correlation-id'
