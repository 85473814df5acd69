import { UserError } from '@switchyard/core'
import type { World } from '@switchyard/local-github'
import type { ResolvedAction } from '../job/job.ts'
import { getShell } from '../job/shells.ts'
import type { JobModel, StepModel, WorkflowFault, WorkflowModel } from '../workflow/model.ts'
import { parseWorkflow } from '../workflow/parse-workflow.ts'
import { findKey, findText, itemsOf, type Template } from '../workflow/template.ts'
import { parseUses } from '../workflow/uses.ts'
import { type ActionStore, findCommit, type WorkflowPlace } from './action-store.ts'
import { findMissingLabels } from './runner-labels.ts'

/** A workflow that can run, with those it calls. */
export interface PreparedWorkflow {
  readonly model: WorkflowModel
  readonly place: WorkflowPlace
  /** By the id of the job that calls. */
  readonly called: ReadonlyMap<string, PreparedWorkflow>
}

export interface Preparation {
  readonly world: World
  readonly actions: ActionStore
  /** Labels this machine has beside its own. */
  readonly labels: readonly string[]
}

/** How deep workflows may call each other, the first one counted. Source: docs.github.com, "Reusing workflow configurations". */
const DEEPEST = 10

/**
 * Reads a workflow and everything it names, before anything runs.
 *
 * @throws UserError `WORKFLOW_REFUSED` with every reason, one a line: file, line, column, what.
 */
export async function prepareWorkflow(preparation: Preparation, place: WorkflowPlace, path: string): Promise<PreparedWorkflow> {
  return new Preparer(preparation).prepare(place, path, 1)
}

class Preparer {
  readonly #preparation: Preparation

  constructor(preparation: Preparation) {
    this.#preparation = preparation
  }

  async prepare(place: WorkflowPlace, path: string, depth: number): Promise<PreparedWorkflow> {
    const content = await this.#read(place, path)
    if (content === undefined) throw refuse([`${path}: there is no such file in ${place.repository} at ${place.sha.slice(0, 7)}`])
    const parsed = await parseWorkflow(path, content)
    if (!parsed.ok) throw refuse(parsed.faults.map(renderFault))
    const { workflow: model } = parsed
    const faults = await this.#findFaults(model, place)
    if (faults.length > 0) throw refuse(faults.map(renderFault))
    const called = new Map<string, PreparedWorkflow>()
    for (const job of model.jobs.values()) {
      if (job.kind === 'call') called.set(job.id, await this.#call({ job, uses: job.uses, place, path, depth }))
    }
    return { model, place, called }
  }

  async #read({ repository, sha }: WorkflowPlace, path: string): Promise<string | undefined> {
    const store = this.#preparation.world.git(repository)
    const entry = await store.readPath(sha, path)
    return entry?.type === 'blob' ? (await store.readBlob(entry.oid))?.toString('utf8') : undefined
  }

  async #call({
    job,
    uses,
    place,
    path,
    depth,
  }: {
    readonly job: JobModel
    readonly uses: string
    readonly place: WorkflowPlace
    readonly path: string
    readonly depth: number
  }): Promise<PreparedWorkflow> {
    const at = `${path}:${job.at.line}:${job.at.column}`
    const named = parseUses(uses)
    if (named.kind !== 'workflow') throw refuse([`${at}: \`${uses}\` names no workflow file`])
    if (depth >= DEEPEST) throw refuse([`${at}: workflows call each other more than ${DEEPEST} deep`])
    const target = await this.#placeOf(named, place)
    if (target === undefined) throw refuse([`${at}: there is no ${named.repository ?? ''} with a ref ${named.ref ?? ''} here`])
    const prepared = await this.prepare(target, named.path, depth + 1)
    if (prepared.model.call === undefined) throw refuse([`${at}: ${named.path} cannot be called: it has no \`workflow_call\` trigger`])
    return prepared
  }

  async #placeOf(
    { repository, ref }: { readonly repository: string | undefined; readonly ref: string | undefined },
    place: WorkflowPlace,
  ): Promise<WorkflowPlace | undefined> {
    if (repository === undefined || ref === undefined) return place
    if (this.#preparation.world.findRepository(repository) === undefined) return undefined
    const sha = await findCommit(this.#preparation.world, repository, ref)
    return sha === undefined ? undefined : { repository, sha }
  }

  async #findFaults(model: WorkflowModel, place: WorkflowPlace): Promise<readonly WorkflowFault[]> {
    const faults: WorkflowFault[] = []
    const add = (at: WorkflowFault['at'], message: string): void => void faults.push({ file: model.path, at, message })
    const jobs = [...model.jobs.values()].filter((job) => job.kind === 'steps')
    for (const { shell } of [model.defaults, ...jobs.map(({ defaults }) => defaults)]) {
      const message = shell === undefined ? undefined : findShellFault(shell)
      if (shell !== undefined && message !== undefined) add(shell.at, message)
    }
    for (const job of jobs) {
      const missing = findMissingLabels(literals(labelsOf(job.runsOn)), this.#preparation.labels)
      if (missing.length > 0) {
        add(
          job.runsOn.at,
          `no runner has the label ${missing.map((label) => `\`${label}\``).join(', ')}: this is ${process.platform} ${process.arch}`,
        )
      }
      for (const step of job.steps) {
        const message = await this.#findStepFault(step, place)
        if (message !== undefined) add(step.at, message)
      }
    }
    return faults
  }

  async #findStepFault(step: StepModel, place: WorkflowPlace, isNested = false): Promise<string | undefined> {
    try {
      if (step.kind === 'run') return step.shell === undefined ? undefined : findShellFault(step.shell)
      // What stands in the workspace may be made by a step before: it is looked for when its step runs.
      if (parseUses(step.uses).kind === 'local') return undefined
      const action = await this.#preparation.actions.resolve(step.uses, { ...place, workspace: '' })
      if (isNested && action.manifest.kind === 'javascript' && action.manifest.pre !== undefined) {
        return `\`${step.uses}\`: the \`pre\` of an action within a composite action is not supported by this runner`
      }
      return await this.#findActionFault(action, place)
    } catch (error) {
      return explain(error)
    }
  }

  async #findActionFault({ manifest }: ResolvedAction, place: WorkflowPlace): Promise<string | undefined> {
    if (manifest.kind !== 'composite') return undefined
    for (const step of manifest.steps) {
      const message = await this.#findStepFault(step, place, true)
      if (message !== undefined) return message
    }
    return undefined
  }
}

/** One that is an expression is looked for when its step runs. */
function findShellFault(shell: Template): string | undefined {
  try {
    if (shell.kind === 'literal') getShell(findText(shell))
    return undefined
  } catch (error) {
    return explain(error)
  }
}

/** What a user reads of an error that is theirs. */
function explain(error: unknown): string {
  if (!(error instanceof UserError)) throw error
  return error.hint === undefined ? error.message : `${error.message}. ${error.hint}`
}

/** `runs-on`: labels, or a mapping of a group and labels. */
export function labelsOf(runsOn: Template): readonly Template[] {
  return itemsOf(runsOn.kind === 'mapping' ? findKey(runsOn, 'labels') : runsOn)
}

const literals = (templates: readonly Template[]): readonly string[] =>
  templates.flatMap((each) => (each.kind === 'literal' ? [findText(each) ?? ''] : []))

const renderFault = ({ file, at, message }: WorkflowFault): string => `${file}:${at.line}:${at.column}: ${message}`

const refuse = (reasons: readonly string[]): UserError =>
  new UserError('WORKFLOW_REFUSED', reasons.join('\n'), { hint: 'Nothing of the run was executed.' })
