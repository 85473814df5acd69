import { quote } from '@switchyard/core'
import { defuse } from './defuse.ts'
import { MAX_ISSUES, MAX_TEXT_LENGTH, MAX_UNSPLIT_CHILDREN } from './limits.ts'
import type { Outlined } from './outline.ts'
import type { PlanFinding } from './source.ts'

/** What GitHub would not take of the issues, or only in parts. */
export function checkCeilings(
  nodes: readonly Outlined[],
  { text, ids }: { readonly text: string; readonly ids: readonly string[] },
): readonly PlanFinding[] {
  const children = new Map<number, number>()
  for (const { parent } of nodes) if (parent !== undefined) children.set(parent, (children.get(parent) ?? 0) + 1)
  const found = nodes.flatMap((node, at) => [
    ...checkText(node, { text: text.slice(node.text.start, node.text.end), id: ids[at] ?? '' }),
    ...checkChildren(node, children.get(at) ?? 0),
  ])
  return [...checkCount(nodes, children), ...found]
}

/** Every node is an issue, and so is each further part of one that has too many children; a part of a story is a child of the epic. */
function checkCount(nodes: readonly Outlined[], children: ReadonlyMap<number, number>): readonly PlanFinding[] {
  const partsOf = (count: number): number => Math.max(0, Math.ceil(count / MAX_UNSPLIT_CHILDREN) - 1)
  const storyParts = nodes.reduce((sum, { level }, at) => sum + (level === 'story' ? partsOf(children.get(at) ?? 0) : 0), 0)
  const stories = nodes.filter(({ level }) => level === 'story').length + storyParts
  const count = nodes.length + storyParts + partsOf(stories)
  const [first] = nodes
  if (count <= MAX_ISSUES || first === undefined) return []
  const message = `The plan would become ${count} issues; ${MAX_ISSUES} are allowed.`
  return [{ code: 'too-many-items', message, hint: 'Split it into several plans, each with an idea of its own.', offset: first.offset }]
}

/** Escapes make a text longer: five characters for one at the most. */
const MOST_GROWTH = 5

function checkText({ text: span }: Outlined, { text, id }: { readonly text: string; readonly id: string }): readonly PlanFinding[] {
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

function checkChildren({ level, title, offset }: Outlined, count: number): readonly PlanFinding[] {
  if (count <= MAX_UNSPLIT_CHILDREN) return []
  const what = level === 'epic' ? 'stories' : 'tasks'
  const parts = Math.ceil(count / MAX_UNSPLIT_CHILDREN)
  const rest = parts === 2 ? quote(`${title} (part 2)`) : `${quote(`${title} (part 2)`)} to ${quote(`(part ${parts})`)}`
  const message = `The ${level} has ${count} ${what}, more than GitHub lists below one issue: ${MAX_UNSPLIT_CHILDREN} stay, ${count - MAX_UNSPLIT_CHILDREN} go to ${rest}.`
  return [{ code: 'many-children', message, hint: `Split the ${level} yourself to choose where.`, offset, isWarning: true }]
}
