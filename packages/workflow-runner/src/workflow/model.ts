import type { Position, Template } from './template.ts'

/** What is wrong in a file, and where. */
export interface WorkflowFault {
  readonly file: string
  readonly at: Position
  readonly message: string
}

/** A workflow file, or one that another workflow calls. */
export interface WorkflowModel {
  readonly path: string
  readonly name: string
  readonly triggers: ReadonlyMap<string, Template | undefined>
  readonly permissions: Permissions | undefined
  readonly env: Template | undefined
  readonly defaults: RunDefaults
  readonly concurrency: Template | undefined
  readonly jobs: ReadonlyMap<string, JobModel>
  /** Of `workflow_call`; undefined when it cannot be called. */
  readonly call: CallInterface | undefined
}

export const permissionLevels = ['none', 'read', 'write'] as const
export type PermissionLevel = (typeof permissionLevels)[number]
/** Everything at one level, or each named; what is not named is `none`. */
export type Permissions = 'read-all' | 'write-all' | Readonly<Record<string, PermissionLevel>>

/** `defaults.run`. */
export interface RunDefaults {
  readonly shell: Template | undefined
  readonly workingDirectory: Template | undefined
}

export interface CallInterface {
  readonly inputs: ReadonlyMap<string, CallInput>
  readonly secrets: ReadonlyMap<string, { readonly required: boolean }>
  readonly outputs: ReadonlyMap<string, Template>
}

export interface CallInput {
  readonly type: 'string' | 'boolean' | 'number'
  readonly required: boolean
  readonly default: Template | undefined
}

interface JobBase {
  readonly id: string
  readonly at: Position
  readonly name: Template | undefined
  readonly needs: readonly string[]
  /** `if`, as written. */
  readonly condition: string
  readonly permissions: Permissions | undefined
  readonly concurrency: Template | undefined
  readonly strategy: Strategy | undefined
}

/** A job with steps of its own. */
export interface StepsJob extends JobBase {
  readonly kind: 'steps'
  readonly runsOn: Template
  readonly environment: Template | undefined
  readonly env: Template | undefined
  readonly defaults: RunDefaults
  readonly timeoutMinutes: Template | undefined
  readonly continueOnError: Template | undefined
  readonly outputs: Template | undefined
  readonly steps: readonly StepModel[]
}

/** A job that is another workflow. */
export interface CallJob extends JobBase {
  readonly kind: 'call'
  readonly uses: string
  readonly with: Template | undefined
  readonly secrets: 'inherit' | Template | undefined
}

export type JobModel = StepsJob | CallJob

export interface Strategy {
  readonly matrix: Template | undefined
  readonly failFast: Template | undefined
  readonly maxParallel: Template | undefined
}

interface StepBase {
  readonly id: string | undefined
  readonly at: Position
  readonly name: Template | undefined
  readonly condition: string
  readonly env: Template | undefined
  readonly continueOnError: Template | undefined
  readonly timeoutMinutes: Template | undefined
}

export interface RunStep extends StepBase {
  readonly kind: 'run'
  readonly script: Template
  readonly shell: Template | undefined
  readonly workingDirectory: Template | undefined
}

export interface UsesStep extends StepBase {
  readonly kind: 'uses'
  readonly uses: string
  readonly with: Template | undefined
}

export type StepModel = RunStep | UsesStep
