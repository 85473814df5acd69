// What is known before the first answer: nothing here loads yaml or zod.
export { bindCommands, type BoundComment } from './bind/bind-commands.ts'
export type { AnyCommand, BoundCommand } from './bind/bound.ts'
export { parseAudience, parseMember, type ParsedField, parseText } from './bind/parse-form.ts'
export { selectUnhandled, type CommandComment, type Cursor, type CursorQuestion, type IssueComment, type Unhandled } from './cursor.ts'
export { defineCommands } from './define-commands.ts'
export {
  commandName,
  familiesOf,
  getDefinition,
  helpCommand,
  type ArgumentDefinition,
  type CommandDefinition,
  type CommandName,
  type FlagDefinition,
} from './definition.ts'
export { COMMAND_FAULTS, type CommandFault, type CommandFaultCode, type CommentPlace } from './fault.ts'
export { isCommanding } from './is-commanding.ts'
export { MAX_COMMANDS, parseComment, type Block, type ParsedCommand, type ParsedComment } from './parse/parse-comment.ts'
export type { EndOfFlags, FlagToken, Token, Word } from './parse/tokens.ts'
export { decidePermission, neededRole, type PermissionDecision, type PermissionQuestion } from './permission/decide-permission.ts'
export { CONFIG_PATH } from './permission/config-path.ts'
export { getSwitchyardConfig, type RulesSeen } from './permission/get-config.ts'
export * from './permission/role.ts'
export { selectedRoles, type SelectedRole } from './permission/selected-roles.ts'
export { isAccepted, NO_CONFIG, type PermissionRule, type SwitchyardConfig } from './permission/rules.ts'
export { findAnswered, replyMarker } from './reply-marker.ts'
export { renderFaults } from './render/faults.ts'
export { fitReply, MAX_REPLY, renderReply, renderShortAnswer } from './render/reply.ts'
export { renderHelp, type HelpOptions } from './render/help.ts'
export { renderUsage } from './render/usage.ts'
export { addressOf, isMatch, selectMembers, type Member, type Selected, type AudienceQuestion } from './select/select-members.ts'
export { selectWaiting, type Waiting } from './waiting.ts'
export { isSingle, parseSelector, type ParsedSelector, type PlacedSelector, type Audience, type Selector } from './select/selector.ts'
