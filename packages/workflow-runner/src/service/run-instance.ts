import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import { evaluateCondition, evaluateTemplate, type Contexts } from '../expressions/evaluate.ts'
import { toText } from '../job/scope.ts'
import type { JobResult } from '../plan/job-graph.ts'
import { grantPermissions, restricted, type Granted } from '../plan/token-permissions.ts'
import type { JobModel, StepsJob } from '../workflow/model.ts'
import { findKey, findText } from '../workflow/template.ts'
import { readCall } from './call.ts'
import { holdGroup } from './hold-group.ts'
import { openJobRecord } from './job-record.ts'
import { makeJobToken, planSteps } from './plan-steps.ts'
import { labelsOf } from './prepare.ts'
import type { JobsScope } from './run.ts'
import { runJobs } from './run-jobs.ts'
import { findMissingLabels } from './runner-labels.ts'
import { runJob } from '../job/run-job.ts'

/** One job, or one combination of a job's matrix. */
export interface Instance {
  readonly scope: JobsScope
  readonly job: JobModel
  readonly contexts: Contexts
  /** What the combination adds to the name. */
  readonly suffix: string
}

export interface InstanceEnd {
  /** As others see it: a failure that `continue-on-error` forgives is a success. */
  readonly result: JobResult
  readonly outputs: Readonly<Record<string, string>>
}

export async function runInstance(instance: Instance): Promise<InstanceEnd> {
  const { job, scope } = instance
  if (scope.cancel.aborted && !outlivesCancel(instance)) {
    reportUnrun(scope, job, { result: 'cancelled', message: undefined, name: nameOf(instance) })
    return { result: 'cancelled', outputs: {} }
  }
  const cancel = new AbortController()
  const end = (): void => void (outlivesCancel(instance) || cancel.abort())
  scope.cancel.addEventListener('abort', end, { once: true })
  try {
    const held = await holdGroup(instance, cancel)
    if (held === undefined) {
      reportUnrun(scope, job, { result: 'cancelled', message: undefined, name: nameOf(instance) })
      return { result: 'cancelled', outputs: {} }
    }
    try {
      const own = { ...instance, scope: { ...scope, cancel: cancel.signal } }
      return job.kind === 'call' ? await runCall(own, job) : await scope.run.core.slots.use(() => runOwnSteps(own, job))
    } finally {
      held.leave()
    }
  } finally {
    scope.cancel.removeEventListener('abort', end)
  }
}

/** Whether the job's condition holds for a cancelled run: then it is not cancelled. */
function outlivesCancel({ job, contexts }: Instance): boolean {
  return evaluateCondition(job.condition, { contexts, status: { success: false, failure: false, cancelled: true } })
}

async function runOwnSteps(instance: Instance, job: StepsJob): Promise<InstanceEnd> {
  const { scope, contexts } = instance
  const { run } = scope
  const { core } = run
  const labels = labelsOf(job.runsOn).flatMap((each) => [evaluateTemplate(each, { contexts })].flat()).map(toText)
  const missing = findMissingLabels(labels, core.labels)
  if (missing.length > 0) throw new UserError('LABEL_UNKNOWN', `No runner has the label ${missing.join(', ')}`)
  const record = openJobRecord(run, { name: nameOf(instance), labels })
  const folder = await mkdtemp(join(core.folder, 'job-'))
  const token = makeJobToken(run, grantOf(instance))
  try {
    const plan = planSteps(instance, job, { granted: grantOf(instance), token })
    const outcome = await runJob(plan, {
      resolveAction: (uses, workspace) => core.actions.resolve(uses, { ...scope.prepared.place, workspace }),
      observer: record.observer, folder, node: core.node, cancel: scope.cancel, kill: run.kill, minute: core.minute,
    })
    record.complete(outcome)
    const forgiven = outcome.result === 'failure' && isForgiven(instance, job)
    return { result: forgiven ? 'success' : outcome.result, outputs: outcome.outputs }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    record.complete({ result: 'failure', outputs: {}, summary: '', annotations: [{ level: 'error', message: error.message }] })
    return { result: isForgiven(instance, job) ? 'success' : 'failure', outputs: {} }
  } finally {
    core.github.world.revokeToken(token)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function isForgiven({ contexts }: Instance, { continueOnError }: StepsJob): boolean {
  return continueOnError !== undefined && toText(evaluateTemplate(continueOnError, { contexts })) === 'true'
}

async function runCall(instance: Instance, job: Extract<JobModel, { kind: 'call' }>): Promise<InstanceEnd> {
  const { scope } = instance
  const prepared = scope.prepared.called.get(job.id)
  if (prepared === undefined) throw new UserError('WORKFLOW_REFUSED', `${job.uses} was not prepared`)
  const { inputs, secrets } = readCall(instance, { job, call: prepared.model.call })
  return runJobs({ ...scope, prepared, inputs, secrets, cap: grantOf(instance), prefix: `${nameOf(instance)} / ` })
}

function grantOf({ scope, job }: Instance): Granted {
  const { permissions } = scope.prepared.model
  return grantPermissions(job.permissions ?? permissions, { otherwise: restricted, cap: scope.cap })
}

/** A job's name: its own, with the combination behind it unless the name is made of expressions itself. */
export function nameOf({ scope, job, contexts, suffix }: Instance): string {
  if (job.name === undefined) return `${scope.prefix}${job.id}${suffix}`
  const name = toText(evaluateTemplate(job.name, { contexts }))
  return `${scope.prefix}${name}${job.name.kind === 'expression' ? '' : suffix}`
}

interface Unrun {
  readonly result: 'skipped' | 'cancelled' | 'failure'
  readonly message: string | undefined
  readonly name?: string
}

/** Records a job none of whose steps ran. */
export function reportUnrun(scope: JobsScope, job: JobModel, { result, message, name }: Unrun): void {
  const shown = name ?? `${scope.prefix}${job.name?.kind === 'literal' ? findText(job.name) : job.id}`
  const annotations = message === undefined ? [] : [{ level: 'error' as const, message }]
  const labels = job.kind === 'steps' ? labelsOf(job.runsOn).flatMap((each) => (each.kind === 'literal' ? [findText(each) ?? ''] : [])) : []
  openJobRecord(scope.run, { name: shown, labels }).complete({ result, outputs: {}, summary: '', annotations })
}

/** The environment that a job names. */
export function environmentOf({ job, contexts }: Instance): string | undefined {
  if (job.kind !== 'steps' || job.environment === undefined) return undefined
  const template = job.environment.kind === 'mapping' ? findKey(job.environment, 'name') : job.environment
  return template === undefined ? undefined : toText(evaluateTemplate(template, { contexts })) || undefined
}
