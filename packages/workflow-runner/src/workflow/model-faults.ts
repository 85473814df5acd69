import { parseUses } from './uses.ts'
import type { JobModel, StepModel, WorkflowFault, WorkflowModel } from './model.ts'
import { findKey, findText, type Position, type Template } from './template.ts'

type Found = Pick<WorkflowFault, 'at' | 'message'>

/** What GitHub refuses beyond its schema, and what this runner cannot do: found before anything runs. */
export function findModelFaults(workflow: WorkflowModel): readonly WorkflowFault[] {
  const jobs = [...workflow.jobs.values()]
  const found = [
    ...findConcurrencyFaults(workflow.concurrency),
    ...jobs.flatMap((job) => [...findNeedsFaults(workflow, job), ...findConcurrencyFaults(job.concurrency), ...findJobFaults(job)]),
    ...(jobs.length > 0 && jobs.every((job) => job.needs.length > 0)
      ? [{ at: jobs[0]?.at ?? start, message: 'The workflow must contain at least one job with no dependencies.' }]
      : []),
  ]
  return found.map((fault) => ({ file: workflow.path, ...fault }))
}

const start: Position = { line: 1, column: 1 }

function findNeedsFaults(workflow: WorkflowModel, job: JobModel): readonly Found[] {
  const unknown = job.needs.filter((id) => !workflow.jobs.has(id))
  if (unknown.length > 0) return unknown.map((id) => ({ at: job.at, message: `Job '${job.id}' depends on unknown job '${id}'.` }))
  return reaches(workflow, job, job.id) ? [{ at: job.at, message: `Job '${job.id}' depends on itself, by way of what it needs.` }] : []
}

function reaches(workflow: WorkflowModel, from: JobModel, id: string): boolean {
  const seen = new Set<string>()
  const open = [...from.needs]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true
    if (!seen.has(next)) open.push(...(workflow.jobs.get(next)?.needs ?? []))
    seen.add(next)
  }
  return false
}

/** Source: github-facts 7.6. */
function findConcurrencyFaults(concurrency: Template | undefined): readonly Found[] {
  const cancels = findText(findKey(concurrency, 'cancel-in-progress')) === 'true'
  const isMax = findText(findKey(concurrency, 'queue')) === 'max'
  return isMax && cancels && concurrency !== undefined
    ? [{ at: concurrency.at, message: '`queue: max` cannot be used together with `cancel-in-progress: true`' }]
    : []
}

function findJobFaults(job: JobModel): readonly Found[] {
  if (job.kind === 'call') {
    return parseUses(job.uses).kind === 'workflow' ? [] : [{ at: job.at, message: `\`${job.uses}\` names no workflow file` }]
  }
  return [...findStepIdFaults(job.steps), ...job.steps.flatMap(findStepFaults)]
}

/** Ids of one list of steps, of a job or of a composite action. */
export function findStepIdFaults(steps: readonly StepModel[]): readonly Found[] {
  const seen = new Set<string>()
  return steps.flatMap((step) => {
    if (step.id === undefined) return []
    const id = step.id.toLowerCase()
    const isTwice = seen.has(id)
    seen.add(id)
    if (isTwice) return [{ at: step.at, message: `The identifier '${step.id}' may not be used more than once within the same scope.` }]
    if (!/^[a-z_][\w-]*$/i.test(step.id)) {
      return [
        {
          at: step.at,
          message: `The identifier '${step.id}' is invalid: it starts with a letter or _, and holds letters, digits, - and _ only.`,
        },
      ]
    }
    return []
  })
}

/** What is wrong with a step, of a job or of a composite action. */
export function findStepFaults(step: StepModel): readonly Found[] {
  if (step.kind === 'run') return []
  const uses = parseUses(step.uses)
  switch (uses.kind) {
    case 'docker':
      return [{ at: step.at, message: `\`${step.uses}\`: container actions are not supported by this runner` }]
    case 'malformed':
    case 'workflow':
      return [{ at: step.at, message: `\`${step.uses}\` names no action: expected ./path, $/path or owner/repository[/path]@ref` }]
    case 'local':
    case 'self':
    case 'repository':
      return []
    default:
      return uses satisfies never
  }
}
