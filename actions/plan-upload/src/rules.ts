import {
  type CommandName,
  decidePermission,
  effectiveRole,
  getDefinition,
  getSwitchyardConfig,
  hasRole,
  type RulesSeen,
  type SwitchyardConfig,
} from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { Roles } from '@switchyard/github'
import { type Asker, type IdeaIssue, isOwnerOf } from '@switchyard/planning'
import { COMMANDS } from './command-list.ts'

export type PlanCommandName = CommandName<(typeof COMMANDS)[number]>

/** A repository's own rules. @throws {UserError} `CONFIG_INVALID`: a file that has faults, or cannot be read, gives nobody leave. */
export function readRules(facts: RulesSeen): Promise<SwitchyardConfig> {
  return getSwitchyardConfig(facts, COMMANDS)
}

/** Whose right is asked for, and to what. */
export interface Asking {
  readonly command: PlanCommandName
  readonly login: string
  readonly rules: SwitchyardConfig['rules']
  readonly roles: Roles
}

/** What has issues made and changed: in a public repository, where anybody may open an idea, that takes more than being its owner. */
const MAKING: readonly PlanCommandName[] = ['plan materialise', 'plan sync']

export interface Judging extends Asking {
  /** Of the run's own repository. */
  readonly visibility: RepositoryFacts['visibility']
}

/** Who asks, and whether their role lets them act on ideas of others, and as an owner on their own, as GitHub says now. */
export async function judgeAsker({ command, login, rules, roles, visibility }: Judging): Promise<Asker> {
  const actor = await roles.of(login)
  return {
    login,
    isMaintainer: decidePermission({ rules, definition: getDefinition(COMMANDS, command), actor }).allowed,
    lacksTriage: visibility === 'public' && MAKING.includes(command) && !hasRole(effectiveRole(actor), 'triage'),
  }
}

/** For what is only shown; the idea's owner sees it by right. @throws {UserError} `NOT_ALLOWED` */
export async function requireReader({ command, login, rules, roles, issue }: Asking & { readonly issue: IdeaIssue }): Promise<void> {
  if (isOwnerOf(issue, login)) return
  const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command), actor: await roles.of(login) })
  if (!decided.allowed) throw new UserError('NOT_ALLOWED', decided.message, { hint: decided.hint })
}
