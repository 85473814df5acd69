// What people see. Pure text, made from results.
export * from './render/annotations.ts'
export * from './render/check-run.ts'
export * from './render/issue.ts'
export * from './render/outputs.ts'
export * from './render/privacy.ts'
export * from './render/results.ts'
export * from './render/summary.ts'
