import { quote } from '@switchyard/core'
import { defuse } from './defuse.ts'
import { MAX_TEXT_LENGTH, MAX_UNSPLIT_CHILDREN } from './limits.ts'
import type { Outlined } from './outline.ts'
import type { Finding } from './source.ts'

/** What GitHub would not take of the issues, or only in parts. */
export function checkCeilings(
  nodes: readonly Outlined[],
  { text, ids }: { readonly text: string; readonly ids: readonly string[] },
): readonly Finding[] {
  const children = new Map<number, number>()
  for (const { parent } of nodes) if (parent !== undefined) children.set(parent, (children.get(parent) ?? 0) + 1)
  return nodes.flatMap((node, at) => [
    ...checkText(node, { text: text.slice(node.text.start, node.text.end), id: ids[at] ?? '' }),
    ...checkChildren(node, children.get(at) ?? 0),
  ])
}

/** Escapes make a text longer: five characters for one at the most. */
const MOST_GROWTH = 5

function checkText({ text: span }: Outlined, { text, id }: { readonly text: string; readonly id: string }): readonly Finding[] {
  if (text.length * MOST_GROWTH <= MAX_TEXT_LENGTH) return []
  // What is too long by itself needs no escaping to be told.
  const length = text.length > MAX_TEXT_LENGTH ? text.length : defuse(text, { allowMentions: false }).length
  if (length <= MAX_TEXT_LENGTH) return []
  const escaped = length === text.length ? '' : ', as they are written into an issue'
  const message = `The text of ${quote(id)} has ${length} characters${escaped}; ${MAX_TEXT_LENGTH} have room in an issue's body of 65536.`
  return [
    { code: 'long-text', message, hint: 'Split it into more stories or tasks, or keep it in a file and link there.', offset: span.start },
  ]
}

function checkChildren({ level, title, offset }: Outlined, count: number): readonly Finding[] {
  if (count <= MAX_UNSPLIT_CHILDREN) return []
  const what = level === 'epic' ? 'stories' : 'tasks'
  const parts = Math.ceil(count / MAX_UNSPLIT_CHILDREN)
  const rest = parts === 2 ? quote(`${title} (part 2)`) : `${quote(`${title} (part 2)`)} to ${quote(`(part ${parts})`)}`
  const message = `The ${level} has ${count} ${what}, more than GitHub lists below one issue: ${MAX_UNSPLIT_CHILDREN} stay, ${count - MAX_UNSPLIT_CHILDREN} go to ${rest}.`
  return [{ code: 'many-children', message, hint: `Split the ${level} yourself to choose where.`, offset, isWarning: true }]
}
