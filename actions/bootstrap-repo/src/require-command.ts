import { type CommandName, decidePermission, getDefinition, getSwitchyardConfig, type SwitchyardConfig } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { Roles } from '@switchyard/github'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'

export interface Asking {
  /** The command that does what the mode does. */
  readonly command: CommandName<(typeof COMMANDS)[number]>
  readonly roles: Roles
}

/**
 * A mode asks for the role of its command: whoever may start the workflow gets around no rule. A schedule is nobody's wish.
 *
 * @throws {UserError} `ROLE_REQUIRED`, `CONFIG_INVALID`
 */
export async function requireCommand(door: Door, control: RepositoryFacts, { command, roles }: Asking): Promise<void> {
  const { context } = door.given
  if (context.eventName === 'schedule') return
  const [{ rules }, actor] = await Promise.all([readConfig(control), roles.of(context.actor)])
  const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command), actor })
  if (!decided.allowed) throw new UserError('ROLE_REQUIRED', decided.message, { hint: decided.hint })
}

/** @throws {UserError} `CONFIG_INVALID`: a file that has faults, or cannot be read, gives nobody leave. */
export function readConfig(control: RepositoryFacts): Promise<SwitchyardConfig> {
  return getSwitchyardConfig(control, COMMANDS)
}
