// What reads catalogues and resolves recipes: loads yaml, zod, semver and the expression library.
export * from './action-shapes.ts'
export * from './recipe-path.ts'
