import { findNearest, quote } from '@switchyard/core'
import { MAX_BLOCKERS } from './limits.ts'
import type { Piece } from './pieces.ts'
import type { PlanFinding } from './source.ts'

/** A node as dependencies see it. */
export interface Named {
  readonly id: string
  readonly title: string
  readonly isTask: boolean
  readonly needs: readonly Piece[]
}

export interface Dependencies {
  /** By the node's place; ids of tasks, none twice. */
  readonly dependsOn: readonly (readonly string[])[]
  readonly findings: readonly PlanFinding[]
}

/** What every task depends on, by the titles and ids it names. */
export function findDependencies(nodes: readonly Named[]): Dependencies {
  const names = indexNames(nodes)
  const findings: PlanFinding[] = []
  const dependsOn = nodes.map((node) => {
    const found = new Set<string>()
    for (const { text, offset } of joinTitles(node.needs, names)) {
      const blocker = resolve(text, names)
      if (blocker.kind === 'found' && blocker.node.id === node.id) findings.push({ ...SELF, offset })
      else if (blocker.kind === 'found') found.add(blocker.node.id)
      else findings.push({ ...blocker.said, offset })
    }
    const [first] = node.needs
    if (found.size > MAX_BLOCKERS && first) findings.push({ ...tooMany(found.size), offset: first.start })
    return [...found]
  })
  return { dependsOn, findings }
}

const SELF = { code: 'self-dependency', message: 'The task depends on itself.', hint: 'Delete it, or name another task.' }

function tooMany(count: number): Omit<PlanFinding, 'offset'> {
  const message = `The task depends on ${count} others; GitHub takes ${MAX_BLOCKERS}.`
  return { code: 'too-many-blockers', message, hint: 'Name the last ones only: what they depend on blocks it too.' }
}

interface Names {
  readonly ids: ReadonlyMap<string, Named>
  readonly titles: ReadonlyMap<string, readonly Named[]>
  /** Looking for what was meant costs a walk through all names: so many times only. */
  searches: number
}

const MAX_SEARCHES = 20

function indexNames(nodes: readonly Named[]): Names {
  const titles = new Map<string, Named[]>()
  for (const node of nodes) {
    const key = keyOf(node.title)
    const same = titles.get(key)
    if (same) same.push(node)
    else titles.set(key, [node])
  }
  return { ids: new Map(nodes.toReversed().map((node) => [node.id, node])), titles, searches: 0 }
}

function keyOf(title: string): string {
  return title.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** How many pieces a title with commas is put together from. */
const MAX_JOINED = 8

/** Entries as they were meant: a title may hold commas of its own. The longest known one counts. */
function joinTitles(pieces: readonly Piece[], names: Names): readonly { readonly text: string; readonly offset: number }[] {
  const entries: { text: string; offset: number }[] = []
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at]
    if (!piece) break
    let [text, last] = [bare(piece.text), at]
    let joined = piece.text
    for (let next = at + 1; next < Math.min(pieces.length, at + MAX_JOINED); next += 1) {
      joined = `${joined}, ${pieces[next]?.text ?? ''}`
      if (names.titles.has(keyOf(bare(joined)))) [text, last] = [bare(joined), next]
    }
    entries.push({ text, offset: piece.start })
    at = last
  }
  return entries
}

/** Without backticks, the form of an id, or the word in front of a title. */
function bare(text: string): string {
  const said = /^(`+)(.*)\1$/s.exec(text)?.[2]?.trim() ?? text
  return (/^\{#(.*)\}$/s.exec(said)?.[1] ?? said).replace(/^task[ \t]*:[ \t]*/i, '')
}

type Resolved = { readonly kind: 'found'; readonly node: Named } | { readonly kind: 'refused'; readonly said: Omit<PlanFinding, 'offset'> }

function resolve(text: string, names: Names): Resolved {
  const byId = names.ids.get(text)
  const same = names.titles.get(keyOf(text)) ?? []
  const tasks = byId?.isTask === true ? [byId] : same.filter(({ isTask }) => isTask)
  const [task] = tasks
  if (task && tasks.length === 1) return { kind: 'found', node: task }
  if (task) {
    const ids = tasks.slice(0, 5).map(({ id }) => `\`${id}\``)
    const message = `${quote(text)} is the title of ${tasks.length} tasks.`
    return refuse({ code: 'ambiguous-dependency', message, hint: `Name one by its id: ${ids.join(', ')}.` })
  }
  if (byId !== undefined || same.length > 0) {
    const message = `${quote(text)} is no task: tasks depend on tasks only.`
    return refuse({ code: 'not-a-task', message, hint: 'Name the tasks that have to be done before.' })
  }
  return refuse({ code: 'unknown-dependency', message: `There is no task ${quote(text)} in the plan.`, hint: nearHint(text, names) })
}

function refuse(said: Omit<PlanFinding, 'offset'>): Resolved {
  return { kind: 'refused', said }
}

function nearHint(text: string, names: Names): string {
  names.searches += 1
  const tasks = names.searches > MAX_SEARCHES ? [] : [...names.ids.values()].filter(({ isTask }) => isTask)
  const near = findNearest(
    text,
    tasks.flatMap(({ id, title }) => [title, id]),
  )
  return near === undefined ? 'Name a task of this plan by its title or id.' : `Did you mean \`${near}\`?`
}
