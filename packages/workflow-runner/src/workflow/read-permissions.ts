import { permissionLevels, type PermissionLevel, type Permissions } from './model.ts'
import { findText, type Template } from './template.ts'

/** `permissions`, as a workflow or a job states it; undefined when it says nothing. */
export function readPermissions(template: Template | undefined): Permissions | undefined {
  if (template === undefined) return undefined
  if (template.kind === 'mapping') {
    return Object.fromEntries(template.entries.map(({ key, value }) => [key, readLevel(findText(value))]))
  }
  const text = findText(template)
  return text === 'read-all' || text === 'write-all' ? text : {}
}

function readLevel(text: string | undefined): PermissionLevel {
  return permissionLevels.find((level) => level === text) ?? 'none'
}
