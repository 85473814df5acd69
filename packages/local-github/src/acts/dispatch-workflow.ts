import type { Viewer } from '../auth/viewer.ts'
import { announce, senderOf } from '../events/announce.ts'
import type { GitStore } from '../git/types.ts'
import { repositoryPage, repositoryUrl } from '../present/repositories.ts'
import type { WorldContext } from '../world/context.ts'
import { DISPATCH_CHARACTERS, DISPATCH_INPUTS } from '../world/limits.ts'
import type { Repository, WorkflowRun } from '../world/types.ts'
import { type DispatchInput, type KnownWorkflow, parseWorkflowFile } from '../world/workflows.ts'
import { startRun } from './runs.ts'

export interface Dispatch {
  readonly repository: Repository
  readonly store: GitStore
  readonly workflow: KnownWorkflow
  readonly ref: string
  readonly inputs: Readonly<Record<string, string>>
  readonly viewer: Viewer
}

export type DispatchOutcome = { readonly ok: true; readonly run: WorkflowRun } | { readonly ok: false; readonly message: string }

/** Starts a workflow as `workflow_dispatch` does: the file of the ref decides what inputs it takes. */
export async function dispatchWorkflow(context: WorldContext, dispatch: Dispatch): Promise<DispatchOutcome> {
  const { repository, store, workflow, ref, inputs, viewer } = dispatch
  const refuse = (message: string): DispatchOutcome => ({ ok: false, message })
  const found = await findRef(store, ref)
  if (found === undefined) return refuse(`No ref found for: ${ref}`)
  if (workflow.workflow.state !== 'active') return refuse("Cannot trigger a 'workflow_dispatch' on a disabled workflow")
  const entry = await store.readPath(found.oid, workflow.file.path)
  const text = entry === undefined ? undefined : (await store.readBlob(entry.oid))?.toString('utf8')
  const file = text === undefined ? undefined : parseWorkflowFile(workflow.file.path, text)
  if (file !== undefined && file.triggers === undefined) return refuse('failed to parse workflow: the file is not valid YAML')
  if (file?.inputs === undefined) return refuse("Workflow does not have 'workflow_dispatch' trigger")
  const fault = findInputFault(file.inputs, inputs)
  if (fault !== undefined) return refuse(fault)
  const { sender, cause } = senderOf(context, viewer, repository)
  const filled = { ...defaultsOf(file.inputs), ...inputs }
  const content = { inputs: filled, ref: found.name, workflow: file.path }
  const payload = announce(context, { name: 'workflow_dispatch', repository, sender, cause, content })
  const run = await startRun(context, {
    repository,
    workflow: { ...workflow, file },
    event: 'workflow_dispatch',
    actor: sender,
    cause,
    headBranch: found.short,
    headSha: found.oid,
    inputs: filled,
    origin: { payload, ref: found.name },
  })
  return { ok: true, run }
}

async function findRef(store: GitStore, ref: string) {
  const names = ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`]
  for (const name of names) {
    const oid = await store.readRef(name)
    if (oid !== undefined) return { name, oid, short: name.replace(/^refs\/(heads|tags)\//, '') }
  }
  return undefined
}

/** Source: the 422 texts of `actions/create-workflow-dispatch` as seen in public threads; one fault at a time. */
function findInputFault(declared: ReadonlyMap<string, DispatchInput>, given: Readonly<Record<string, string>>): string | undefined {
  if (declared.size > DISPATCH_INPUTS) {
    return `failed to parse workflow: you may only define up to ${DISPATCH_INPUTS} inputs for a workflow_dispatch event`
  }
  if (JSON.stringify(given).length > DISPATCH_CHARACTERS) return 'inputs are too large.'
  const unknown = Object.keys(given).filter((name) => !declared.has(name))
  if (unknown.length > 0) return `Unexpected inputs provided: ${JSON.stringify(unknown)}`
  for (const [name, input] of declared) {
    const value = given[name] ?? input.default
    if (input.required && (value === undefined || value === '')) return `Required input '${name}' not provided`
    if (value === undefined) continue
    if (input.type === 'choice' && !input.options.includes(value)) {
      return `Provided value '${value}' for input '${name}' not in the list of allowed values`
    }
    if (input.type === 'boolean' && !/^(true|false)$/.test(value)) return `Provided value '${value}' for input '${name}' is not a boolean`
    if (input.type === 'number' && Number.isNaN(Number(value))) return `Provided value '${value}' for input '${name}' is not a number`
  }
  return undefined
}

function defaultsOf(declared: ReadonlyMap<string, DispatchInput>): Record<string, string> {
  return Object.fromEntries([...declared].flatMap(([name, input]) => (input.default === undefined ? [] : [[name, input.default]])))
}

/** What a dispatch answers when it tells the run. */
export function runUrls(context: WorldContext, repository: Repository, run: WorkflowRun) {
  const below = `/actions/runs/${run.id}`
  return {
    workflow_run_id: run.id,
    run_url: `${repositoryUrl(context, repository)}${below}`,
    html_url: `${repositoryPage(context, repository)}${below}`,
  }
}
