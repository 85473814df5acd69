import { type CommandDefinition, commandName } from '../definition.ts'
import { isMatch, type Member } from '../select/select-members.ts'
import type { Selector } from '../select/selector.ts'
import { DEFAULT_ROLE, effectiveRole, hasRole, type LiveRole, type Role, strictest } from './role.ts'
import type { PermissionRule } from './rules.ts'

export interface PermissionQuestion {
  readonly rules: readonly PermissionRule[]
  readonly definition: CommandDefinition
  /** Whom the command concerns. Left out or empty: only rules without a selector are asked. */
  readonly members?: readonly Member[]
  /** Asked of the API when the command is executed. */
  readonly actor: LiveRole
}

export type PermissionDecision =
  | { readonly allowed: true; readonly needed: Role; readonly has: Role }
  | {
      readonly allowed: false
      readonly needed: Role
      readonly has: Role
      /** Plain text, to be escaped where it is shown. */
      readonly message: string
      readonly hint: string
    }

/**
 * Whether somebody may use a command. Of the rules that fit, the last one in the file counts, member by member, and the
 * strictest answer among them; without a rule it is the command's own role, else write. No rule reaches below the
 * command's `atLeast`.
 */
export function decidePermission({ rules, definition, members = [], actor }: PermissionQuestion): PermissionDecision {
  const needed = neededRole({ rules, definition, members })
  const has = effectiveRole(actor)
  if (hasRole(has, needed)) return { allowed: true, needed, has }
  const command = `“/${commandName(definition)}”`
  const own = has === actor.roleName ? `your role is ${has}` : `your role “${actor.roleName}” counts as ${has}`
  return {
    allowed: false,
    needed,
    has,
    message: `${command} needs the role ${needed} in this repository; ${own}.`,
    hint: 'Ask somebody with that role to comment, or have “.github/switchyard.yml” changed on the default branch.',
  }
}

/** The least role that may use a command, for the members that it concerns. */
export function neededRole({ rules, definition, members = [] }: Omit<PermissionQuestion, 'actor'>): Role {
  const mine = rules.filter(({ command }) => isRuleFor(command, definition))
  const fallback = definition.role ?? DEFAULT_ROLE
  const lastOf = (fit: (rule: PermissionRule) => boolean): Role => mine.findLast(fit)?.role ?? fallback
  const roles =
    members.length === 0
      ? [lastOf(({ selectors }) => selectors === undefined)]
      : members.map((member) => lastOf(({ selectors }) => selectors === undefined || concerns(selectors, member)))
  return strictest([...roles, definition.atLeast ?? 'read'])
}

/** Whether a rule's command stands for a definition: its name, `family *` or `*`. */
export function isRuleFor(command: string, definition: CommandDefinition): boolean {
  return command === '*' || command === `${definition.family} *` || command === commandName(definition)
}

function concerns(selectors: readonly Selector[], member: Member): boolean {
  return (
    selectors.some((selector) => !selector.exclude && isMatch(selector, member)) &&
    !selectors.some((selector) => selector.exclude && isMatch(selector, member))
  )
}
