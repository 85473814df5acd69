import { parseDocument } from 'yaml'
import { branchRef } from '../git/ref-names.ts'
import type { GitStore, Oid } from '../git/types.ts'
import { takeId, type WorldContext } from './context.ts'
import type { Repository, Workflow } from './types.ts'

const FOLDER = '.github/workflows'

export interface DispatchInput {
  readonly required: boolean
  readonly default: string | undefined
  readonly type: string
  readonly options: readonly string[]
}

/** What a workflow's file says that GitHub acts on before anything runs. */
export interface WorkflowFile {
  readonly path: string
  readonly text: string
  /** The display name; GitHub shows the path when there is none. */
  readonly name: string
  readonly runName: string | undefined
  /** Undefined: the file does not parse. */
  readonly triggers: ReadonlyMap<string, unknown> | undefined
  /** Of `workflow_dispatch`; undefined without that trigger. */
  readonly inputs: ReadonlyMap<string, DispatchInput> | undefined
}

type Plain = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

export function parseWorkflowFile(path: string, text: string): WorkflowFile {
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core' })
  const root: unknown = document.errors.length > 0 ? undefined : document.toJS()
  if (!isPlain(root)) return { path, text, name: path, runName: undefined, triggers: undefined, inputs: undefined }
  const triggers = triggersOf(root['on'])
  return {
    path,
    text,
    name: typeof root['name'] === 'string' ? root['name'] : path,
    runName: typeof root['run-name'] === 'string' ? root['run-name'] : undefined,
    triggers,
    inputs: triggers.has('workflow_dispatch') ? inputsOf(triggers.get('workflow_dispatch')) : undefined,
  }
}

function triggersOf(on: unknown): ReadonlyMap<string, unknown> {
  if (typeof on === 'string') return new Map([[on, null]])
  if (Array.isArray(on)) return new Map(on.map((name) => [String(name), null]))
  return new Map(isPlain(on) ? Object.entries(on) : [])
}

function inputsOf(trigger: unknown): ReadonlyMap<string, DispatchInput> {
  const declared = isPlain(trigger) && isPlain(trigger['inputs']) ? trigger['inputs'] : {}
  return new Map(
    Object.entries(declared).map(([name, value]) => {
      const details = isPlain(value) ? value : {}
      const fallback = details['default']
      const input: DispatchInput = {
        required: details['required'] === true,
        default:
          typeof fallback === 'string' || typeof fallback === 'number' || typeof fallback === 'boolean' ? String(fallback) : undefined,
        type: typeof details['type'] === 'string' ? details['type'] : 'string',
        options: Array.isArray(details['options']) ? details['options'].map(String) : [],
      }
      return [name, input]
    }),
  )
}

/** The workflow files of a commit, by path. */
export async function readWorkflowFiles(store: GitStore, commit: Oid): Promise<readonly WorkflowFile[]> {
  const folder = await store.readPath(commit, FOLDER)
  const entries = folder?.type === 'tree' ? ((await store.readTree(folder.oid)) ?? []) : []
  const files = entries.filter(({ type, name }) => type === 'blob' && /\.ya?ml$/.test(name))
  return Promise.all(
    files.map(async ({ name, oid }) => parseWorkflowFile(`${FOLDER}/${name}`, (await store.readBlob(oid))?.toString('utf8') ?? '')),
  )
}

export interface KnownWorkflow {
  readonly workflow: Workflow
  readonly file: WorkflowFile
}

/** The workflows of the default branch. A path keeps its id; one that was not seen before gets a new one. */
export async function workflowsOf(context: WorldContext, repository: Repository): Promise<readonly KnownWorkflow[]> {
  const store = context.stores.get(repository.id)
  const head = await store.readRef(branchRef(repository.defaultBranch))
  if (head === undefined) return []
  return (await readWorkflowFiles(store, head)).map((file) => ({ file, workflow: workflowAt(context, repository, file.path) }))
}

/** The workflow of a path; one that was not seen before gets an id. */
export function workflowAt(context: WorldContext, repository: Repository, path: string): Workflow {
  for (const workflow of context.state.workflows.values()) {
    if (workflow.repositoryId === repository.id && workflow.path === path) return workflow
  }
  const at = context.clock.moment()
  const workflow: Workflow = { id: takeId(context), repositoryId: repository.id, path, state: 'active', createdAt: at, updatedAt: at }
  context.state.workflows.set(workflow.id, workflow)
  return workflow
}

/** By numeric id, file name or path. */
export async function findWorkflow(context: WorldContext, repository: Repository, wanted: string): Promise<KnownWorkflow | undefined> {
  const known = await workflowsOf(context, repository)
  return known.find(({ workflow }) => String(workflow.id) === wanted || workflow.path === wanted || workflow.path === `${FOLDER}/${wanted}`)
}
