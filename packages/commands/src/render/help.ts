import { inlineCode, renderTable } from '@switchyard/core'
import type { CommandDefinition } from '../definition.ts'
import { DEFAULT_ROLE, type Role } from '../permission/role.ts'
import { renderUsage } from './usage.ts'

export interface HelpOptions {
  /** Whether the actor may use a command at all; left out: all are listed. */
  readonly may?: (definition: CommandDefinition) => boolean
  /** The least role that may use it; left out: the definition's own. */
  readonly needed?: (definition: CommandDefinition) => Role
}

/** The commands as a Markdown table: how each is typed, what it does, and the role it needs. */
export function renderHelp(definitions: readonly CommandDefinition[], options: HelpOptions = {}): string {
  const { may = () => true, needed = ({ role = DEFAULT_ROLE }: CommandDefinition) => role } = options
  const mine = definitions.filter(may)
  if (mine.length === 0) return 'There is no command that you may use here.'
  const rows = mine.map((definition) => [inlineCode(renderUsage(definition)), whatItDoes(definition), needed(definition)])
  return renderTable(['command', 'what it does', 'role'], rows)
}

function whatItDoes({ summary, block, flags = {} }: CommandDefinition): string {
  const below = block === undefined ? [] : [`A code block below the line holds the content${block === 'optional' ? ', if any' : ''}`]
  const each = Object.entries(flags).map(([name, flag]) => `${inlineCode(`--${name}`)}: ${flag.summary}`)
  return [summary, ...below, ...each].join('. ')
}
