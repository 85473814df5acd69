// What is known before the first answer: nothing here loads yaml or zod.
export * from './model.ts'
