import { UserError } from '@switchyard/core'
import { evaluateTemplate } from '../expressions/evaluate.ts'
import type { StepModel } from '../workflow/model.ts'
import { findText, type Template } from '../workflow/template.ts'
import { parseUses } from '../workflow/uses.ts'
import type { Frame, Job } from './job.ts'
import { scopeOf, toText } from './scope.ts'

/** A step's name as GitHub shows it: its own, or what it runs. */
export function titleOf(job: Job, frame: Frame, step: StepModel): string {
  if (step.name !== undefined) return render(job, frame, step.name)
  if (step.kind === 'uses') return `Run ${step.uses}`
  return `Run ${render(job, frame, step.script).trim().split('\n')[0] ?? ''}`
}

/**
 * What `github.action` says of each step: its id, or `__run`, `__owner_repository`, `__self` for an action of the workspace, with
 * a number from the second on. Source: docs.github.com, "Variables reference", GITHUB_ACTION.
 */
export function idsOf(steps: readonly StepModel[], prefix: string): readonly string[] {
  const seen = new Map<string, number>()
  return steps.map((step) => {
    if (step.id !== undefined) return step.id
    const kind = kindOf(step)
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return `${prefix}${kind}${count === 1 ? '' : `_${count}`}`
  })
}

function kindOf(step: StepModel): string {
  if (step.kind === 'run') return 'run'
  const uses = parseUses(step.uses)
  return uses.kind === 'repository' ? uses.repository.replace('/', '_') : 'self'
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
