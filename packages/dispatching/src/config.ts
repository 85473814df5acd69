// What reads configuration and judges targets: loads yaml, zod and the expression library.
export * from './config/index.ts'
export { decideTargets, type DecisionInput } from './decision/decide-targets.ts'
export { decideConsent, type InboundRequest } from './decision/inbound.ts'
export { effectiveRef, matchesWorkflow, selectRules, type RunContext, type SelectedTarget } from './decision/select-rules.ts'
export { parseWorkflowFacts, type WorkflowFacts } from './decision/workflow-facts.ts'
