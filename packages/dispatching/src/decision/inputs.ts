import { CORRELATION_INPUT, MAX_INPUTS, MAX_INPUTS_LENGTH } from '../config/limits.ts'
import { evaluateTemplate, type ExpressionContext } from '../config/expressions.ts'
import type { CompletedRun, SourceRepository } from '../facts.ts'
import { workflowFile, workflowPath } from '../names.ts'
import type { DeclaredInput, WorkflowFacts } from './workflow-facts.ts'

type Inputs = Readonly<Record<string, string>>

/** What `run.*` and `source.*` mean in the inputs of a rule. */
export function expressionContext(source: SourceRepository, run: CompletedRun): ExpressionContext {
  const [owner = '', name = ''] = source.nameWithOwner.split('/')
  return {
    run: {
      id: String(run.id),
      number: String(run.number),
      attempt: String(run.attempt),
      conclusion: run.conclusion,
      event: run.event,
      head_branch: run.headBranch ?? '',
      head_sha: run.headSha,
      display_title: run.displayTitle,
      url: run.url,
      actor: run.actor,
    },
    source: {
      repository: source.nameWithOwner,
      owner,
      name,
      repository_id: String(source.id),
      workflow: workflowPath(workflowFile(run.path)),
      workflow_name: run.workflow,
    },
  }
}

/** Inputs with their expressions computed, or what is wrong with one. */
export function evaluateInputs(inputs: Inputs, context: ExpressionContext): { readonly inputs: Inputs } | { readonly fault: string } {
  const computed: [string, string][] = []
  for (const [name, text] of Object.entries(inputs)) {
    try {
      computed.push([name, evaluateTemplate(text, context)])
    } catch (thrown) {
      return { fault: `the expression of \`${name}\` fails: ${thrown instanceof Error ? thrown.message : String(thrown)}` }
    }
  }
  return { inputs: Object.fromEntries(computed) }
}

/** With the marker under the name that the workflow declares for it, if it does. */
export function addMarker(inputs: Inputs, marker: string, facts: WorkflowFacts | undefined): Inputs {
  const declared = facts?.inputs.find(({ name }) => name.toLowerCase() === CORRELATION_INPUT)
  return declared ? { ...inputs, [declared.name]: marker } : inputs
}

/** Why GitHub would refuse these inputs; undefined: as far as can be seen it would not. */
export function findInputFault(inputs: Inputs, facts: WorkflowFacts | undefined): string | undefined {
  const names = Object.keys(inputs)
  if (names.length > MAX_INPUTS) return `there are ${names.length} of them; GitHub takes ${MAX_INPUTS}`
  const length = [...JSON.stringify(inputs)].length
  if (length > MAX_INPUTS_LENGTH) return `they are ${length} characters as JSON; GitHub takes ${MAX_INPUTS_LENGTH}`
  if (!facts) return undefined
  const undeclared = names.find((name) => !facts.inputs.some((declared) => isSame(declared, name)))
  if (undeclared !== undefined) return `the workflow declares no input \`${undeclared}\``
  const missing = facts.inputs.find((declared) => declared.required && !declared.hasDefault && !names.some((name) => isSame(declared, name)))
  if (missing) return `the workflow requires the input \`${missing.name}\``
  for (const declared of facts.inputs) {
    const value = Object.entries(inputs).find(([name]) => isSame(declared, name))?.[1]
    const fault = value === undefined ? undefined : findValueFault(declared, value)
    if (fault !== undefined) return fault
  }
  return undefined
}

function isSame(declared: DeclaredInput, name: string): boolean {
  return declared.name.toLowerCase() === name.toLowerCase()
}

function findValueFault({ name, type, options }: DeclaredInput, value: string): string | undefined {
  if (type === 'choice' && !options.includes(value)) return `\`${name}\` is none of ${options.map((option) => `\`${option}\``).join(', ')}`
  if (type === 'boolean' && value !== 'true' && value !== 'false') return `\`${name}\` must be \`true\` or \`false\``
  if (type === 'number' && (value.trim() === '' || !Number.isFinite(Number(value)))) return `\`${name}\` must be a number`
  return undefined
}
