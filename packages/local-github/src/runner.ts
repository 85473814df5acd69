/** What a runner needs of the world: to start runs, and to say how their jobs go. */
export { addJob, beginJob, beginStep, completeJob, completeStep, type JobEnd } from './acts/jobs.ts'
export { beginRun, completeRun, currentAttempt, startRun, type NewRun } from './acts/runs.ts'
export { typedInputs } from './acts/run-title.ts'
export { presentRepository } from './present/repositories.ts'
export { getAccount } from './world/accounts.ts'
export type { RunnerPort } from './world/context.ts'
export { fullName, getRepository } from './world/repositories.ts'
export { parseWorkflowFile, readWorkflowFiles, workflowsOf, type KnownWorkflow } from './world/workflows.ts'
