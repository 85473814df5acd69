/** How ids of custom steps begin; no step of a release's file may begin so. */
export const CUSTOM_PREFIX = 'custom-'
