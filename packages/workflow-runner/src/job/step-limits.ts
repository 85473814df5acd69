import { UserError } from '@switchyard/core'
import { evaluateCondition, evaluateTemplate, type Scope } from '../expressions/evaluate.ts'
import type { StepModel } from '../workflow/model.ts'
import type { Template } from '../workflow/template.ts'
import type { Frame, Job } from './job.ts'
import { scopeOf, toText } from './scope.ts'

/** What may end a step before its time. */
export interface StepLimit {
  readonly signal: AbortSignal
  clear(): void
}

/**
 * Aborts when the job is cancelled, unless the step's condition holds for a cancelled job: then it goes on.
 *
 * Source: docs.github.com, "Workflow cancellation reference".
 */
export function watchForCancel(job: Job, frame: Frame, step: StepModel): StepLimit {
  const own = new AbortController()
  const decide = (): void => {
    const status = { success: false, failure: false, cancelled: true }
    if (!evaluateCondition(step.condition, { ...scopeOf(job, frame, job.env), status })) own.abort()
  }
  const { signal } = job.interrupt
  signal.addEventListener('abort', decide, { once: true })
  return { signal: own.signal, clear: () => signal.removeEventListener('abort', decide) }
}

/** @throws UserError for what is no number of minutes: no limit, or one that is over at once, would hide the mistake. */
export function evaluateMinutes(template: Template, scope: Scope): number {
  const text = toText(evaluateTemplate(template, scope)).trim()
  if (text !== '' && Number(text) >= 0) return Number(text)
  throw new UserError('TIME_LIMIT_INVALID', `\`timeout-minutes\` must be a number of minutes, and is '${text}'`, {
    hint: 'Check the variable or input that it comes from; an expression can give a default: `vars.MINUTES || 10`.',
  })
}

/** Aborts when the step's `timeout-minutes` are over. */
export function startTimeLimit(job: Job, step: StepModel, scope: Scope): StepLimit & { readonly minutes: number } {
  const controller = new AbortController()
  const minutes = step.timeoutMinutes === undefined ? 0 : evaluateMinutes(step.timeoutMinutes, scope)
  if (!(minutes > 0)) return { signal: controller.signal, minutes, clear: () => undefined }
  const timer = setTimeout(() => controller.abort(), minutes * job.host.minute)
  return { signal: controller.signal, minutes, clear: () => clearTimeout(timer) }
}
