export type { ActionContext } from './context.ts'
export type { Inputs, Secrets } from './input-types.ts'
export type { ActionIo, Annotation, Level, Log, Outcome, Run, RunArguments } from './run-types.ts'
export { type ActionSpec, BRANDING_COLORS, DECISIONS, type Decision, defineAction, type InputSpec } from './spec.ts'
