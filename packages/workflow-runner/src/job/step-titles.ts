import { UserError } from '@switchyard/core'
import { evaluateTemplate } from '../expressions/evaluate.ts'
import type { StepModel } from '../workflow/model.ts'
import { findText, type Template } from '../workflow/template.ts'
import type { Frame, Job } from './job.ts'
import { scopeOf, toText } from './scope.ts'

/** A step's name as GitHub shows it: its own, or what it runs. */
export function titleOf(job: Job, frame: Frame, step: StepModel): string {
  if (step.name !== undefined) return render(job, frame, step.name)
  if (step.kind === 'uses') return `Run ${step.uses}`
  return `Run ${render(job, frame, step.script).trim().split('\n')[0] ?? ''}`
}

/** One that does not evaluate yet is shown as it is written. */
function render(job: Job, frame: Frame, template: Template): string {
  try {
    return toText(evaluateTemplate(template, scopeOf(job, frame, job.env)))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return findText(template) ?? ''
  }
}
