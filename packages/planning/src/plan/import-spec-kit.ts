import type { RootContent } from './mdast.ts'
import { parseBlocks } from './blocks.ts'
import { splitFrontMatter } from './front-matter.ts'
import { importPlan, type Imported, type ImportSource, type ParsedSource } from './imported.ts'
import { findTicked, findTitle, detailsOf, headingText, type Item, itemsOf, sourceOf } from './list-items.ts'
import type { PlanFinding } from './source.ts'
import type { NewStory, NewTask } from './write-plan.ts'

/**
 * The `tasks.md` of spec-kit as a plan: each phase that has tasks is a story, each `- [ ] T001 [P] [US1] …` a task with the id `t001`, the
 * paths that its words name, and the tasks that it says it depends on. Never throws.
 * Source: github/spec-kit, `templates/tasks-template.md`.
 */
export function importSpecKitTasks(text: string, source: ImportSource): Imported {
  return importPlan(text, source, parseTasks)
}

function parseTasks(plain: string, title: string): ParsedSource {
  const matter = splitFrontMatter(plain)
  const start = matter?.yaml === undefined ? 0 : matter.end
  // Blanks instead of the front matter keep every place.
  const body = plain.slice(0, start).replace(/[^\r\n]/g, ' ') + plain.slice(start)
  const blocks = parseBlocks(body)
  const lists = new Map(blocks.flatMap((block) => (block.type === 'list' ? [[block, tasksIn(block, body)] as const] : [])))
  const tasks = [...lists.values()].flat()
  const known = new Set(tasks.flatMap(({ task: { id } }) => id ?? []))
  const findings = [
    ...(tasks.length === 0 ? [NO_TASKS] : []),
    ...findTicked(tasks.map(({ item }) => item)),
    ...findTwice(tasks),
    ...findLost(tasks, known),
  ]
  return {
    plan: { title: featureOf(findTitle(blocks, body) ?? '') || title, stories: storiesOf(blocks, { body, title, known, lists }) },
    findings,
  }
}

const NO_TASKS: PlanFinding = {
  code: 'no-tasks',
  message: 'There is no task of spec-kit in the text.',
  hint: 'Tasks of spec-kit are written `- [ ] T001 [P] [US1] what is to be done`.',
  offset: 0,
}

interface ParsedTask {
  readonly item: Item
  readonly task: NewTask
}

const TASK = /^(T\d+|TXXX)\b[ :.]*((?:\[[^\]]*\] *)*)(.*)$/
const NEEDS = /\s*\(\s*depends on:? ([^()]*)\)/i

function tasksIn(list: Extract<RootContent, { type: 'list' }>, body: string): readonly ParsedTask[] {
  return itemsOf(list, body).flatMap((item) => {
    const [, name = '', marks = '', words = ''] = TASK.exec(item.line) ?? []
    if (!item.isBoxed || name === '') return []
    const needs = NEEDS.exec(words)?.[1]?.match(/\bT\d+\b/g) ?? []
    const title = words.replace(NEEDS, '').trim() || name
    const about = marksText(marks)
    const text = [about, ...detailsOf(item, body)].filter((part) => part !== '').join('\n\n')
    const id = name === 'TXXX' ? {} : { id: name.toLowerCase() }
    return [{ item, task: { title, ...id, files: pathsIn(words), dependsOn: needs.map((need) => need.toLowerCase()), text } }]
  })
}

/** `[P]` and `[US1]` in words. */
function marksText(marks: string): string {
  const found = [...marks.matchAll(/\[([^\]]*)\]/g)].map(({ 1: mark }) => mark ?? '')
  const story = found.find((mark) => /^US\d+$/i.test(mark))
  return [story === undefined ? '' : `User story ${story.slice(2)}.`, found.includes('P') ? 'Can be done beside others.' : '']
    .filter(Boolean)
    .join(' ')
}

/** What looks like a path: in backticks with a `/` or an ending, else with a `/` and an ending, or a `/` at its end. */
function pathsIn(words: string): readonly string[] {
  const coded = [...words.matchAll(/`([^`\s]+)`/g)]
    .map(({ 1: code }) => code ?? '')
    .filter((code) => /^[\w.@-]+\/|^[\w-]+\.[a-z]{1,5}$/i.test(code))
  const plain = words.replace(/`[^`]*`/g, ' ').split(/[\s,;()]+/)
  const bare = plain.map((word) => word.replace(/[.:]+$/, '')).filter((word) => /^(?:[\w.@-]+\/)+(?:[\w@-][\w.@-]*\.\w+)?$/.test(word))
  return [...new Set([...coded, ...bare])].filter(
    (path) => !path.split('/').some((part) => part === '..' || part === '.' || part === '.git'),
  )
}

interface In {
  readonly body: string
  readonly title: string
  readonly known: ReadonlySet<string>
  /** The tasks of each list. */
  readonly lists: ReadonlyMap<RootContent, readonly ParsedTask[]>
}

function storiesOf(blocks: readonly RootContent[], { body, title, known, lists }: In): readonly NewStory[] {
  const stories: { title: string; text: string; tasks: NewTask[] }[] = [{ title, text: '', tasks: [] }]
  for (const block of blocks) {
    const story = stories.at(-1)
    const phase = block.type === 'heading' && block.depth <= 2 ? phaseOf(headingText(block, body)) || title : undefined
    if (phase !== undefined) stories.push({ title: phase, text: '', tasks: [] })
    else if (block.type === 'list') story?.tasks.push(...(lists.get(block) ?? []).map(({ task }) => keepKnown(task, known)))
    else if (block.type === 'paragraph' && story) story.text = `${story.text}\n\n${sourceOf(block, body)}`.trim()
  }
  return stories.filter(({ tasks }) => tasks.length > 0)
}

function keepKnown(task: NewTask, known: ReadonlySet<string>): NewTask {
  return { ...task, dependsOn: [...new Set(task.dependsOn)].filter((id) => known.has(id) && id !== task.id) }
}

/** "Phase 3: User Story 1 - Login (Priority: P1) 🎯 MVP" without the phase. */
function phaseOf(heading: string): string {
  return heading.replace(/^Phase [\dN]+\s*[:–-]\s*/i, '').trim()
}

/** "Tasks: Photo albums" without what every such file begins with. */
function featureOf(heading: string): string {
  return heading.replace(/^Tasks\s*:\s*/i, '').trim()
}

function findTwice(tasks: readonly ParsedTask[]): readonly PlanFinding[] {
  const seen = new Set<string>()
  return tasks.flatMap(({ item, task: { id } }) => {
    const isTwice = id !== undefined && seen.has(id)
    if (id !== undefined) seen.add(id)
    if (!isTwice) return []
    return [
      {
        code: 'duplicate-id',
        message: `The task \`${id.toUpperCase()}\` is there twice.`,
        hint: 'Give it another number.',
        offset: item.offset,
      },
    ]
  })
}

function findLost(tasks: readonly ParsedTask[], known: ReadonlySet<string>): readonly PlanFinding[] {
  return tasks.flatMap(({ item, task: { dependsOn } }) =>
    dependsOn
      .filter((id) => !known.has(id))
      .map((id) => {
        const message = `There is no task \`${id.toUpperCase()}\` that it could depend on.`
        return { code: 'unknown-dependency', message, hint: 'Name a task of this file.', offset: item.offset }
      }),
  )
}
