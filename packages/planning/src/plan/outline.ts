import type { RootContent } from './mdast.ts'
import { spanOf } from './blocks.ts'
import { isNamed, parseHeading, type Section } from './heading.ts'
import { type PlanFinding, type Span, trimSpan } from './source.ts'

/** A heading's node with what stands below it. */
export interface Outlined extends Section {
  readonly text: Span
  readonly blocks: readonly RootContent[]
  /** The story of a task, the epic of a story, by its place in the list. */
  readonly parent: number | undefined
}

export interface Outline {
  readonly nodes: readonly Outlined[]
  readonly findings: readonly PlanFinding[]
  /** Whether a heading was meant for an epic, even one that was refused. */
  readonly hasEpic: boolean
}

interface Markdown {
  readonly text: string
  readonly blocks: readonly RootContent[]
  /** Where `blocks` begin in the text. */
  readonly start: number
}

/** Headings and their texts, in the plan's order; whatever is no heading of a plan is said, and everything else read on. */
export function parseOutline({ text, blocks, start }: Markdown): Outline {
  const heads = blocks.flatMap((block, at) => {
    if (block.type !== 'heading') return []
    const span = spanOf(block, start)
    // Deeper headings are text, but not one that says it is a task: the work below it would be lost in silence.
    return block.depth <= 3 || isNamed(text, span) ? [{ ...span, at, depth: block.depth }] : []
  })
  const read = heads.map((head, index) => {
    const next = heads[index + 1]
    return {
      ...parseHeading(text, { span: head, depth: head.depth }),
      text: trimSpan(text, { start: head.end, end: next?.start ?? text.length }),
      blocks: blocks.slice(head.at + 1, next?.at),
    }
  })
  const tree = findParents(read.map(({ section }, at) => section ?? { unknown: heads[at]?.depth ?? 0 }))
  const nodes = read.flatMap(({ section, text: span, blocks: below }, at) =>
    section ? [{ ...section, text: span, blocks: below, parent: tree.parents[at] }] : [],
  )
  const stray = findStray(blocks.slice(0, heads[0]?.at), start)
  const hasEpic = tree.epic !== undefined
  return { nodes, hasEpic, findings: [...stray, ...read.flatMap(({ findings }) => findings), ...tree.findings] }
}

/** A heading that was refused: what stands below it is not blamed for that. */
interface Unknown {
  readonly unknown: number
}

interface Tree {
  readonly epic: Parent
  /** By the heading's place: the parent's place among the known ones. */
  readonly parents: readonly (number | undefined)[]
  readonly findings: readonly PlanFinding[]
}

function findParents(heads: readonly (Section | Unknown)[]): Tree {
  const parents: (number | undefined)[] = []
  const findings: PlanFinding[] = []
  const open: Open = { known: 0, epic: undefined, story: undefined }
  for (const head of heads) {
    if ('unknown' in head) {
      if (head.unknown === 1) open.epic ??= 'unknown'
      if (head.unknown <= 2) open.story = 'unknown'
      parents.push(undefined)
      continue
    }
    const { parent, fault } = place(head, open)
    if (fault) findings.push({ ...fault, offset: head.offset })
    parents.push(typeof parent === 'number' ? parent : undefined)
    open.known += 1
  }
  return { parents, findings, epic: open.epic }
}

type Parent = number | 'unknown' | undefined

interface Open {
  /** Known headings so far. */
  known: number
  epic: Parent
  story: Parent
}

function place({ level }: Section, open: Open): { readonly parent: Parent; readonly fault: Omit<PlanFinding, 'offset'> | undefined } {
  const here = open.known
  switch (level) {
    case 'epic': {
      const fault = open.epic === undefined ? undefined : SECOND_EPIC
      open.epic ??= here
      open.story = undefined
      return { parent: undefined, fault }
    }
    case 'story':
      open.story = here
      return { parent: open.epic, fault: open.epic === undefined ? STORY_FIRST : undefined }
    case 'task':
      return { parent: open.story, fault: open.story === undefined ? TASK_FIRST : undefined }
  }
}

const SECOND_EPIC = {
  code: 'second-epic',
  message: 'The plan has an epic already.',
  hint: 'Make this one a story, or a plan of its own.',
}
const STORY_FIRST = { code: 'story-before-epic', message: 'The story stands above the epic.', hint: 'Begin with `# Epic: …`.' }
const TASK_FIRST = { code: 'task-before-story', message: 'The task belongs to no story.', hint: 'Write `## Story: …` above it.' }

/** Comments may stand above the first heading, and definitions; text there would be lost. */
function findStray(above: readonly RootContent[], start: number): readonly PlanFinding[] {
  const stray = above.find(({ type }) => type !== 'html' && type !== 'definition')
  if (!stray) return []
  const message = 'Text above the first heading belongs to no issue.'
  return [{ code: 'stray-text', message, hint: 'Move it below the epic’s heading.', offset: spanOf(stray, start).start, isWarning: true }]
}
