import { findModelFaults } from './model-faults.ts'
import type { CallInput, CallInterface, WorkflowFault, WorkflowModel } from './model.ts'
import { parseWorkflowTemplate } from './parse-template.ts'
import { readDefaults, readJob } from './read-job.ts'
import { readPermissions } from './read-permissions.ts'
import { findUnknownKeys } from './unknown-keys.ts'
import { entriesOf, findKey, findText, itemsOf, type Template } from './template.ts'

export type ParsedWorkflow =
  | { readonly ok: true; readonly workflow: WorkflowModel }
  | { readonly ok: false; readonly faults: readonly WorkflowFault[] }

/**
 * Reads a workflow file. All faults at once: what GitHub's schema refuses, what its rules beyond the schema refuse, and what
 * this runner does not know, each by name and place.
 */
export async function parseWorkflow(path: string, content: string): Promise<ParsedWorkflow> {
  const parsed = await parseWorkflowTemplate(path, content)
  if (!parsed.ok) return parsed
  const workflow = readWorkflow(path, parsed.root)
  const faults = [...findUnknownKeys(path, parsed.root), ...findModelFaults(workflow)]
  return faults.length > 0 ? { ok: false, faults } : { ok: true, workflow }
}

function readWorkflow(path: string, root: Template): WorkflowModel {
  const triggers = readTriggers(findKey(root, 'on'))
  return {
    path,
    name: findText(findKey(root, 'name')) ?? path,
    triggers,
    permissions: readPermissions(findKey(root, 'permissions')),
    env: findKey(root, 'env'),
    defaults: readDefaults(findKey(root, 'defaults')),
    concurrency: findKey(root, 'concurrency'),
    jobs: new Map(entriesOf(findKey(root, 'jobs')).map((entry) => [entry.key, readJob(entry)])),
    call: triggers.has('workflow_call') ? readCall(triggers.get('workflow_call')) : undefined,
  }
}

function readTriggers(on: Template | undefined): ReadonlyMap<string, Template | undefined> {
  if (on?.kind === 'mapping') return new Map(on.entries.map(({ key, value }) => [key, value]))
  return new Map(itemsOf(on).map((item) => [findText(item) ?? '', undefined]))
}

function readCall(call: Template | undefined): CallInterface {
  const isRequired = (template: Template): boolean => findText(findKey(template, 'required')) === 'true'
  return {
    inputs: new Map(
      entriesOf(findKey(call, 'inputs')).map(({ key, value }): [string, CallInput] => [
        key,
        { type: readType(findText(findKey(value, 'type'))), required: isRequired(value), default: findKey(value, 'default') },
      ]),
    ),
    secrets: new Map(entriesOf(findKey(call, 'secrets')).map(({ key, value }) => [key, { required: isRequired(value) }])),
    outputs: new Map(
      entriesOf(findKey(call, 'outputs')).flatMap(({ key, value }): [string, Template][] => {
        const output = findKey(value, 'value')
        return output === undefined ? [] : [[key, output]]
      }),
    ),
  }
}

function readType(type: string | undefined): CallInput['type'] {
  return type === 'boolean' || type === 'number' ? type : 'string'
}
