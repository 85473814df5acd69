import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import { evaluateTemplate } from '../expressions/evaluate.ts'
import { runJob } from '../job/run-job.ts'
import { toText } from '../job/scope.ts'
import type { JobModel, StepsJob } from '../workflow/model.ts'
import { readCall } from './call.ts'
import { planContexts } from './contexts.ts'
import { hold, holdGroup } from './hold-group.ts'
import { grantOf, type Instance, type InstanceEnd, isForgiven, nameOf, outlivesCancel } from './instance.ts'
import { openJobRecord } from './job-record.ts'
import { makeJobToken, planSteps } from './plan-steps.ts'
import { labelsOf } from './prepare.ts'
import type { JobsScope } from './run.ts'
import { findMissingLabels } from './runner-labels.ts'
import { reportUnrun } from './unrun.ts'

/**
 * Runs one job to its end: its turn in its group, a slot on this machine, its steps or the workflow it calls. What cannot be
 * planned fails this one with the reason: the other combinations of its matrix go their way.
 */
export async function runInstance(instance: Instance): Promise<InstanceEnd> {
  try {
    return await takeTurn(instance)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { scope, job, suffix } = instance
    reportUnrun(scope, job, { result: 'failure', message: error.message, name: `${scope.prefix}${job.id}${suffix}` })
    instance.onFailure()
    return { result: 'failure', outputs: {} }
  }
}

async function takeTurn(instance: Instance): Promise<InstanceEnd> {
  const { job, scope } = instance
  if (scope.cancel.aborted && !outlivesCancel(instance)) return endUnrun(instance)
  const cancel = new AbortController()
  const end = (): void => void (outlivesCancel(instance) || cancel.abort())
  scope.cancel.addEventListener('abort', end, { once: true })
  try {
    const held = await holdGroup(instance, cancel)
    if (held === undefined) return endUnrun(instance, scope.cancel.aborted ? undefined : OUTRUN)
    try {
      const heldGroups = held.key === undefined ? scope.heldGroups : [...scope.heldGroups, held.key]
      const own = { ...instance, scope: { ...scope, cancel: cancel.signal, heldGroups } }
      const act = async (): Promise<InstanceEnd> => {
        // Cancelled while it waited for a machine: no step of it runs, not even those that always run.
        if (cancel.signal.aborted) return endUnrun(instance)
        const ended = job.kind === 'call' ? await runCall(own, job) : await runOwnSteps(own, job)
        if (ended.result === 'failure') instance.onFailure()
        return ended
      }
      return job.kind === 'call' ? await act() : await scope.run.core.slots.use(act)
    } finally {
      held.leave()
    }
  } finally {
    scope.cancel.removeEventListener('abort', end)
  }
}

/** As GitHub says it. */
const OUTRUN = 'Canceling since a higher priority waiting request for its concurrency group exists'

/** A job that was cancelled before anything of it ran. */
function endUnrun(instance: Instance, message?: string): InstanceEnd {
  reportUnrun(instance.scope, instance.job, { result: 'cancelled', name: nameOf(instance), ...(message === undefined ? {} : { message }) })
  return { result: 'cancelled', outputs: {} }
}

async function runOwnSteps(instance: Instance, job: StepsJob): Promise<InstanceEnd> {
  const { scope, contexts } = instance
  const { run } = scope
  const { core } = run
  const labels = labelsOf(job.runsOn)
    .flatMap((each) => [evaluateTemplate(each, { contexts })].flat())
    .map(toText)
  const missing = findMissingLabels(labels, core.labels)
  if (missing.length > 0) throw new UserError('LABEL_UNKNOWN', `No runner has the label ${missing.join(', ')}`)
  const record = openJobRecord(run, { name: nameOf(instance), labels })
  const folder = await mkdtemp(join(core.folder, 'job-'))
  const token = makeJobToken(run, grantOf(instance))
  try {
    const plan = planSteps(instance, job, { granted: grantOf(instance), token })
    const outcome = await runJob(plan, {
      resolveAction: (uses, workspace) => core.actions.resolve(uses, { ...scope.prepared.place, workspace }),
      observer: record.observer,
      folder,
      node: core.node,
      cancel: scope.cancel,
      kill: run.kill,
      minute: core.minute,
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

async function runCall(instance: Instance, job: Extract<JobModel, { kind: 'call' }>): Promise<InstanceEnd> {
  const { scope } = instance
  const prepared = scope.prepared.called.get(job.id)
  if (prepared === undefined) throw new UserError('WORKFLOW_REFUSED', `${job.uses} was not prepared`)
  const cap = grantOf(instance)
  const token = makeJobToken(scope.run, cap)
  try {
    const { inputs, secrets } = readCall(instance, { job, call: prepared.model.call, token })
    const called = { ...scope, prepared, inputs, secrets, cap, prefix: `${nameOf(instance)} / ` }
    return await runCalledInGroup(instance, called)
  } finally {
    scope.run.core.github.world.revokeToken(token)
  }
}

/** The jobs of a called workflow, once it holds the group that it names for itself. */
async function runCalledInGroup(instance: Instance, called: JobsScope): Promise<InstanceEnd> {
  const cancel = new AbortController()
  const end = (): void => cancel.abort()
  called.cancel.addEventListener('abort', end, { once: true })
  if (called.cancel.aborted) end()
  const { concurrency } = called.prepared.model
  const held = await hold(called.run, { concurrency, contexts: planContexts(called, {}), cancel, heldAbove: called.heldGroups })
  if (held === undefined) return endUnrun(instance)
  try {
    const heldGroups = held.key === undefined ? called.heldGroups : [...called.heldGroups, held.key]
    return await instance.runCalled({ ...called, cancel: cancel.signal, heldGroups })
  } finally {
    held.leave()
    called.cancel.removeEventListener('abort', end)
  }
}
