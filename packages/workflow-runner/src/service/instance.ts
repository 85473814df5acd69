import { evaluateCondition, evaluateTemplate, type Contexts } from '../expressions/evaluate.ts'
import { toText } from '../job/scope.ts'
import type { JobResult } from '../plan/job-graph.ts'
import { grantPermissions, restricted, type Granted } from '../plan/token-permissions.ts'
import type { JobModel, StepsJob } from '../workflow/model.ts'
import { findKey } from '../workflow/template.ts'
import type { JobsEnd, JobsScope } from './run.ts'

/** One job, or one combination of a job's matrix. */
export interface Instance {
  readonly scope: JobsScope
  readonly job: JobModel
  readonly contexts: Contexts
  /** What the combination adds to the name. */
  readonly suffix: string
  /** Told of a failure before anything that waits for the same machine begins. */
  readonly onFailure: () => void
  /** Runs the jobs of a workflow that the job calls. */
  readonly runCalled: (scope: JobsScope) => Promise<JobsEnd>
}

export interface InstanceEnd {
  /** As others see it: a failure that `continue-on-error` forgives is a success. */
  readonly result: JobResult
  readonly outputs: Readonly<Record<string, string>>
}

/** A job's name: its own, with the combination behind it unless the name is made of expressions itself. */
export function nameOf({ scope, job, contexts, suffix }: Instance): string {
  if (job.name === undefined) return `${scope.prefix}${job.id}${suffix}`
  const name = toText(evaluateTemplate(job.name, { contexts }))
  return `${scope.prefix}${name}${job.name.kind === 'expression' ? '' : suffix}`
}

/** The environment that a job names. */
export function environmentOf({ job, contexts }: Instance): string | undefined {
  if (job.kind !== 'steps' || job.environment === undefined) return undefined
  const template = job.environment.kind === 'mapping' ? findKey(job.environment, 'name') : job.environment
  return template === undefined ? undefined : toText(evaluateTemplate(template, { contexts })) || undefined
}

/** Whether the job's condition holds for a cancelled run: then it is not cancelled. */
export function outlivesCancel({ job, contexts }: Instance): boolean {
  return evaluateCondition(job.condition, { contexts, status: { success: false, failure: false, cancelled: true } })
}

/** Whether the run goes on as if the job had succeeded. */
export function isForgiven({ contexts }: Instance, { continueOnError }: StepsJob): boolean {
  return continueOnError !== undefined && toText(evaluateTemplate(continueOnError, { contexts })) === 'true'
}

/** What the job's token may do. */
export function grantOf({ scope, job }: Instance): Granted {
  const { permissions } = scope.prepared.model
  return grantPermissions(job.permissions ?? permissions, { otherwise: restricted, cap: scope.cap })
}
