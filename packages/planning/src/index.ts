// What is known before the first answer: nothing here loads yaml, zod or a Markdown parser.
export * from './model.ts'
export type * from './tree/model.ts'
export * from './review/model.ts'
export type * from './idea/command.ts'
export * from './idea/status.ts'
export * from './tree/mark.ts'
