export * from './model.ts'
export * from './tree/file-tree.ts'
