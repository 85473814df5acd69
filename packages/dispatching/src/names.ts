import type { RepositoryName, WorkflowName } from './model.ts'

const FOLDER = '.github/workflows/'

/** A workflow's file name, from its path with or without folder and `@ref`. */
export function workflowFile(path: string): string {
  return (path.split('@')[0] ?? '').replace(/^\.?\//, '').replace(FOLDER, '')
}

export function workflowPath(file: string): string {
  return `${FOLDER}${file}`
}

/** `ci.yml` and `.github/workflows/ci.yml` name a file, everything else is a display name. */
export function parseWorkflowName(text: string): WorkflowName {
  return { text, file: /^[^\r\n]+\.ya?ml$/i.test(text) ? workflowFile(text) : undefined }
}

/** `owner/name`, or a bare name that belongs to `owner`. */
export function parseRepositoryName(text: string, owner: string): RepositoryName {
  const [first, second] = text.split('/', 2)
  return second === undefined ? { owner, name: text } : { owner: first ?? '', name: second }
}

export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}

export function renderRepository({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`
}

/** Whether a workflow with this path and display name is the one that was named. */
export function isNamedWorkflow(named: WorkflowName, workflow: { readonly path: string; readonly name?: string | undefined }): boolean {
  if (named.file !== undefined) return isSameName(named.file, workflowFile(workflow.path))
  return workflow.name !== undefined && isSameName(named.text, workflow.name)
}
