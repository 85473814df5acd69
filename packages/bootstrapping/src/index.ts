export * from './model.ts'
export * from './tree/file-tree.ts'
export * from './run/index.ts'
