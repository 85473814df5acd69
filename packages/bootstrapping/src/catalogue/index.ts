// What reads catalogues and resolves recipes: loads yaml, zod, semver and the expression library.
export * from './action-shapes.ts'
export * from './command.ts'
export * from './hashes.ts'
export * from './parse-catalogue.ts'
export * from './recipe-path.ts'
export { chooseOptions, type Choice, type Chosen, type Purpose, PURPOSES } from '../resolve/choose-options.ts'
export * from '../resolve/refusal.ts'
export * from '../resolve/resolve-recipe.ts'
