// What applies recipes, previews them and merges updates: loads yaml, diff and node-diff3.
export * from '../preview/index.ts'
export * from '../tree/index.ts'
export * from '../update/index.ts'
export { describeSetting } from './actions/settings.ts'
export { applyAction, type PureStep } from './apply-action.ts'
export * from './apply-recipe.ts'
export { MAX_OUTPUT_BYTES } from './limits.ts'
export * from './outcome.ts'
