/** A line of output that speaks to the runner: `::name key=value,…::data`. */
export interface WorkflowCommand {
  readonly name: string
  /** Keys in lower case: the runner compares them without case. */
  readonly properties: ReadonlyMap<string, string>
  readonly data: string
}

interface Syntax {
  readonly start: string
  readonly end: string
  readonly separator: string
  readonly dataEscapes: readonly Escape[]
  readonly propertyEscapes: readonly Escape[]
}
type Escape = readonly [escaped: string, plain: string]

const lineBreaks: readonly Escape[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
]
// The percent sign is undone last, or an escaped escape would be undone twice.
const percent: Escape = ['%25', '%']
const oldEscapes: readonly Escape[] = [['%3B', ';'], ...lineBreaks, ['%5D', ']'], percent]

const current: Syntax = {
  start: '::',
  end: '::',
  separator: ',',
  dataEscapes: [...lineBreaks, percent],
  propertyEscapes: [...lineBreaks, ['%3A', ':'], ['%2C', ','], percent],
}
const old: Syntax = { start: '##[', end: ']', separator: ';', dataEscapes: oldEscapes, propertyEscapes: oldEscapes }

/**
 * Parses a line of output as the runner's `ActionCommand` does, in today's syntax at the start of the line and in the old
 * one (`##[name key=value;…]data`) anywhere in it. Only the names given count as commands.
 *
 * @returns undefined if the line is plain text.
 */
export function parseWorkflowCommand(line: string, names: ReadonlySet<string>): WorkflowCommand | undefined {
  const trimmed = line.trimStart()
  const today = trimmed.startsWith(current.start) ? parseIn(current, trimmed, names) : undefined
  if (today) return today
  const start = line.indexOf(old.start)
  return start < 0 ? undefined : parseIn(old, line.slice(start), names)
}

function parseIn(syntax: Syntax, text: string, names: ReadonlySet<string>): WorkflowCommand | undefined {
  const end = text.indexOf(syntax.end, syntax.start.length)
  if (end < 0) return undefined
  const head = text.slice(syntax.start.length, end)
  const space = head.indexOf(' ')
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  if (!names.has(name)) return undefined
  const properties =
    space < 0
      ? []
      : head
          .slice(space + 1)
          .trim()
          .split(syntax.separator)
  return {
    name,
    properties: new Map(properties.flatMap((property) => parseProperty(property, syntax.propertyEscapes))),
    data: unescape(text.slice(end + syntax.end.length), syntax.dataEscapes),
  }
}

function parseProperty(property: string, escapes: readonly Escape[]): readonly (readonly [string, string])[] {
  const equals = property.indexOf('=')
  const [key, value] = [property.slice(0, equals), property.slice(equals + 1)]
  return equals > 0 && value !== '' ? [[key.toLowerCase(), unescape(value, escapes)]] : []
}

function unescape(text: string, escapes: readonly Escape[]): string {
  return escapes.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text)
}
