import { isJsonObject } from '@switchyard/core'
import { parseDocument } from 'yaml'
import { CORRELATION_INPUT } from '../config/limits.ts'

export interface DeclaredInput {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly hasDefault: boolean
  readonly options: readonly string[]
}

/** What a workflow's file says about being dispatched. */
export interface WorkflowFacts {
  /** The display name; undefined: GitHub shows the path. */
  readonly name: string | undefined
  readonly hasTrigger: boolean
  readonly inputs: readonly DeclaredInput[]
  /** Whether a run's title will show the marker. */
  readonly showsMarker: boolean
}

/** Reads a workflow's file, as tolerant as can be: GitHub is the judge of the rest. undefined: it is not YAML. */
export function parseWorkflowFacts(text: string): WorkflowFacts | undefined {
  const root = parseLoosely(text)
  if (!isJsonObject(root)) return undefined
  const trigger = findTrigger(root.on)
  const inputs = trigger === undefined ? [] : declaredInputs(trigger)
  const title = typeof root['run-name'] === 'string' ? root['run-name'] : ''
  const declares = inputs.some(({ name }) => name.toLowerCase() === CORRELATION_INPUT)
  return {
    name: typeof root.name === 'string' ? root.name : undefined,
    hasTrigger: trigger !== undefined,
    inputs,
    showsMarker: declares && /\$\{\{[^}]*\binputs\s*(\.\s*|\[\s*')correlation-id\b/i.test(title),
  }
}

function parseLoosely(text: string): unknown {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false, schema: 'core' })
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** The `workflow_dispatch` part of `on`, in any of its three forms; undefined: it is not a trigger. */
function findTrigger(on: unknown): unknown {
  if (on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'))) return null
  return isJsonObject(on) && 'workflow_dispatch' in on ? (on.workflow_dispatch ?? null) : undefined
}

function declaredInputs(trigger: unknown): readonly DeclaredInput[] {
  if (!isJsonObject(trigger) || !isJsonObject(trigger.inputs)) return []
  return Object.entries(trigger.inputs).map(([name, declared]) => {
    const details = isJsonObject(declared) ? declared : {}
    return {
      name,
      type: typeof details.type === 'string' ? details.type : 'string',
      required: details.required === true || details.required === 'true',
      hasDefault: details.default !== undefined && details.default !== null,
      options: Array.isArray(details.options) ? details.options.map(String) : [],
    }
  })
}
