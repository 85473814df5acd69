import { inlineCode, renderTable, truncate } from '@switchyard/core'
import type { CommandDefinition } from '../definition.ts'
import { DEFAULT_ROLE, type Role } from '../permission/role.ts'
import type { SelectedRole } from '../permission/selected-roles.ts'
import { renderUsage } from './usage.ts'

export interface HelpOptions {
  /** Whether the actor may use a command at all; left out: all are listed. */
  readonly may?: (definition: CommandDefinition) => boolean
  /** The least role that may use it; left out: the definition's own. */
  readonly needed?: (definition: CommandDefinition) => Role
  /** Other roles that it needs for some members; left out: none. */
  readonly selected?: (definition: CommandDefinition) => readonly SelectedRole[]
}

/** The commands as a Markdown table: how each is typed, what it does, and the role it needs. Flags that several have are told once, below it. */
export function renderHelp(definitions: readonly CommandDefinition[], options: HelpOptions = {}): string {
  const { may = () => true, needed = ({ role = DEFAULT_ROLE }: CommandDefinition) => role, selected = () => [] } = options
  const mine = definitions.filter(may)
  if (mine.length === 0) return 'There is no command that you may use here.'
  const shared = findShared(mine)
  const rows = mine.map((definition) => [
    inlineCode(renderUsage(definition)),
    whatItDoes(definition, shared),
    needed(definition) + renderSelected(selected(definition)),
  ])
  const below = [
    ...[...shared].map(([name, summary]) => `- ${inlineCode(`--${name}`)}: ${summary}`),
    ...(mine.some(takesMembers) ? [WHOM] : []),
  ]
  return [renderTable(['command', 'what it does', 'role'], rows), below.join('\n')].filter((part) => part !== '').join('\n\n')
}

const KINDS = ['cluster/name', 'name', 'cluster:eu-*', 'tag:canary', '--all'].map(inlineCode).join(', ')
const WHOM = `- Whom a command is for: one of ${KINDS}; each ${inlineCode('!name')} behind it leaves somebody out. Only ${inlineCode('…')} takes several.`

/** Rules and selectors that a cell names: a file may have hundreds. */
const MAX_NAMED = 3
const MAX_SELECTOR = 60

/** ` (maintain for cluster:eu-*)`: the last that fits counts, as in the file. */
function renderSelected(roles: readonly SelectedRole[]): string {
  if (roles.length === 0) return ''
  const each = roles.map(({ role, selectors }) => {
    return `${role} for ${fewOf(selectors.map((selector) => inlineCode(truncate(selector, MAX_SELECTOR)))).join(' ')}`
  })
  return ` (${fewOf(each).join('; ')})`
}

function fewOf(words: readonly string[]): readonly string[] {
  return words.length <= MAX_NAMED ? words : [...words.slice(0, MAX_NAMED), `and ${words.length - MAX_NAMED} more`]
}

function takesMembers({ arguments: list = [] }: CommandDefinition): boolean {
  return list.some(({ kind }) => kind === 'members')
}

/** Flags that mean the same wherever they stand, by name. */
function findShared(definitions: readonly CommandDefinition[]): ReadonlyMap<string, string> {
  const all = definitions.flatMap(({ flags = {} }) => Object.entries(flags))
  const byName = Map.groupBy(all, ([name]) => name)
  return new Map(
    [...byName].flatMap(([name, each]) => {
      const summaries = new Set(each.map(([, { summary }]) => summary))
      const [summary] = summaries
      return each.length > 1 && summaries.size === 1 && summary !== undefined ? [[name, summary] as const] : []
    }),
  )
}

function whatItDoes({ summary, block, flags = {} }: CommandDefinition, shared: ReadonlyMap<string, string>): string {
  const below = block === undefined ? [] : [`A code block below the line holds the content${block === 'optional' ? ', if any' : ''}`]
  const own = Object.entries(flags).filter(([name]) => !shared.has(name))
  const each = own.map(([name, flag]) => `${inlineCode(`--${name}`)}: ${flag.summary}`)
  return [summary, ...below, ...each].join('. ')
}
