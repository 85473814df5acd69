import { delimiter } from 'node:path'
import { evaluateTemplate, type Scope, type Status } from '../expressions/evaluate.ts'
import { hashFilesIn } from '../expressions/hash-files.ts'
import { readMachineVariables, toRunnerVariables } from '../runner-context.ts'
import type { Template } from '../workflow/template.ts'
import type { Frame, Job } from './job.ts'

/** What the status functions say to a step. */
export function statusOf(job: Job, frame: Frame): Status {
  const { isCancelled: cancelled } = job
  return { success: !cancelled && !frame.isFailed, failure: !cancelled && frame.isFailed, cancelled }
}

/** What a step's expressions see. */
export function scopeOf(job: Job, frame: Frame, env: Readonly<Record<string, string>>): Scope {
  const status = statusOf(job, frame)
  return {
    contexts: {
      ...frame.contexts,
      runner: job.runner,
      env,
      job: { status: status.cancelled ? 'cancelled' : status.failure ? 'failure' : 'success' },
      steps: { ...frame.steps },
    },
    status,
    hashFiles: (patterns) => hashFilesIn(job.workspace, patterns),
  }
}

/** The variables that apply to a step: the job's as they are now, a composite action's caller's, and its own. */
export function evaluateEnv(job: Job, frame: Frame, own: Template | undefined): Readonly<Record<string, string>> {
  return { ...job.env, ...evaluateOwnEnv(job, frame, own) }
}

/** Those of them that are not the job's: these win over what a step hands to the steps after it. */
export function evaluateOwnEnv(job: Job, frame: Frame, own: Template | undefined): Readonly<Record<string, string>> {
  if (own === undefined) return frame.env
  return { ...frame.env, ...toTexts(evaluateTemplate(own, scopeOf(job, frame, { ...job.env, ...frame.env }))) }
}

/** A mapping's values as text, as variables and inputs are. */
export function toTexts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toText(entry)]))
}

/** A value as expressions write it into text. */
export function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    default:
      if (value === null || value === undefined) return ''
      return Array.isArray(value) ? 'Array' : 'Object'
  }
}

/** Everything a process of the job is given, but for `GITHUB_*` and what its kind adds. */
export function processVariables(job: Job, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const machine = readMachineVariables()
  const path = [...job.path, env['PATH'] ?? machine['PATH'] ?? ''].join(delimiter)
  return { ...machine, HOME: job.home, CI: 'true', GITHUB_ACTIONS: 'true', ...env, PATH: path, ...toRunnerVariables(job.runner) }
}
