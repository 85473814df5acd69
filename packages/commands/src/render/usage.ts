import { type ArgumentDefinition, type CommandDefinition, commandName, type FlagDefinition, takesRest } from '../definition.ts'

/** An argument as usage lines and messages show it: `<step>`, `[notes]`, `<customers…>`. */
export function renderArgument(definition: ArgumentDefinition): string {
  const name = `${wordsOf(definition)}${takesRest(definition) ? '…' : ''}`
  return definition.optional ? `[${name}]` : `<${name}>`
}

function wordsOf(definition: ArgumentDefinition): string {
  if (definition.kind === 'choice') return definition.choices.join('|')
  return definition.kind === 'members' && !definition.many ? (definition.one ?? definition.name) : definition.name
}

/** A command as it is typed: `/step done <step> <customer> [notes…] [--dry-run]`. */
export function renderUsage(definition: CommandDefinition): string {
  const list = (definition.arguments ?? []).map((argument) =>
    argument.kind === 'members' ? renderArgument(argument).replace(/.$/, (end) => `|--all${end}`) : renderArgument(argument),
  )
  const flags = Object.entries(definition.flags ?? {}).map(([name, flag]) => `[--${name}${renderValue(flag)}]`)
  return [`/${commandName(definition)}`, ...list, ...flags].join(' ')
}

function renderValue(flag: FlagDefinition): string {
  switch (flag.kind) {
    case 'switch':
      return ''
    case 'value':
      return ` <${flag.value}>`
    case 'choice':
      return ` ${flag.choices.join('|')}`
  }
}
