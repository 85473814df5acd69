export { MAX_ACTIONS, MAX_CONTENT_BYTES } from '../catalogue/limits.ts'

/** Most bytes of what commands print that are kept. */
export const MAX_OUTPUT_BYTES = 256 * 1024
