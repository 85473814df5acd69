// What reads written plans and makes their text inert: loads yaml, zod and a Markdown parser.
export * from './plan/defuse.ts'
export * from './plan/find-form-plan.ts'
export * from './plan/find-plan-idea.ts'
export * from './plan/import-checklist.ts'
export * from './plan/import-spec-kit.ts'
export type { Imported } from './plan/imported.ts'
export * from './plan/parse-plan.ts'
