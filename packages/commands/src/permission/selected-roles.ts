import { isRuleFor, neededRole, type PermissionQuestion } from './decide-permission.ts'
import { type Role, strictest } from './role.ts'

/** A role that a command needs for some members alone. */
export interface SelectedRole {
  readonly role: Role
  /** As they stand in the file: `cluster:eu-*`, `!acme`. */
  readonly selectors: readonly string[]
}

/**
 * Where a command needs another role than for everybody, in the file's order: of those that fit, the last one counts. Empty for a
 * command that concerns no members.
 */
export function selectedRoles({ rules, definition }: Pick<PermissionQuestion, 'rules' | 'definition'>): readonly SelectedRole[] {
  const { arguments: list = [], atLeast = 'read' } = definition
  if (!list.some(({ kind }) => kind === 'member' || kind === 'members')) return []
  const mine = rules.filter(({ command }) => isRuleFor(command, definition))
  // A rule for everybody takes the place of all before it.
  const after = mine.slice(mine.findLastIndex(({ selectors }) => selectors === undefined) + 1)
  const roles = after.map(({ role, selectors = [] }): SelectedRole => {
    return { role: strictest([role, atLeast]), selectors: selectors.map(({ source }) => source) }
  })
  const usual = neededRole({ rules, definition })
  const first = roles.findIndex(({ role }) => role !== usual)
  return first < 0 ? [] : roles.slice(first)
}
