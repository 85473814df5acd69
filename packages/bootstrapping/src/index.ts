export * from './model.ts'
export type { ActionKind, ActionOf, ActionStep, CatalogueAction } from './catalogue/action-shapes.ts'
export { findRecipePathFault } from './catalogue/recipe-path.ts'
export * from './tree/file-tree.ts'
