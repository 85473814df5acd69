import { idOf, isId, MAX_ID_LENGTH } from './ids.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'

/** A task that is not a plan's yet. */
export interface NewTask {
  readonly title: string
  /** As the other format calls it; made into one of ours. */
  readonly id?: string
  readonly files: readonly string[]
  /** Ids as the other format calls them. */
  readonly dependsOn: readonly string[]
  readonly text: string
}

export interface NewStory {
  readonly title: string
  readonly text: string
  readonly tasks: readonly NewTask[]
}

export interface NewPlan {
  readonly title: string
  readonly stories: readonly NewStory[]
}

/** A plan's Markdown in our own format. Every task has an id, so that a title may change later. */
export function writePlan({ title, stories }: NewPlan): string {
  const taken = new Set<string>([idOf(title, 'epic')])
  const parts = ['---', `title: ${JSON.stringify(title)}`, '---', '', '# Epic:', '']
  for (const story of stories) {
    parts.push(...block([`## Story: ${headingOf(story.title, idFor(idOf(story.title, 'story'), taken))}`, story.text]))
    for (const task of story.tasks) parts.push(...writeTask(task, taken))
  }
  return `${parts.join('\n').trimEnd()}\n`
}

function writeTask({ title, id, files, dependsOn, text }: NewTask, taken: Set<string>): readonly string[] {
  const own = id?.toLowerCase() ?? ''
  const { line, rest } = cutTitle(title)
  const fields = [
    ...(files.length > 0 ? [`Files: ${files.map((file) => `\`${file}\``).join(', ')}`] : []),
    ...(dependsOn.length > 0 ? [`Depends on: ${dependsOn.map((each) => each.toLowerCase()).join(', ')}`] : []),
  ]
  const heading = `### Task: ${headingOf(line, idFor(isId(own) ? own : idOf(title, 'task'), taken))}`
  return block([heading, rest, text, fields.join('\n')])
}

function block(parts: readonly string[]): readonly string[] {
  return parts.filter((part) => part !== '').flatMap((part) => [part, ''])
}

function headingOf(title: string, id: string): string {
  return `${title} {#${id}}`
}

/** The id, or the first with a number behind it that is free. */
function idFor(id: string, taken: Set<string>): string {
  let free = id
  for (let count = 2; taken.has(free); count += 1) free = `${id.slice(0, MAX_ID_LENGTH - 5)}-${count}`
  taken.add(free)
  return free
}

/** A title that has room in an issue's, and the whole as text where it was cut. */
function cutTitle(title: string): { readonly line: string; readonly rest: string } {
  const chars = [...title]
  return chars.length <= MAX_TITLE_LENGTH
    ? { line: title, rest: '' }
    : { line: `${chars.slice(0, MAX_TITLE_LENGTH - 1).join('')}…`, rest: title }
}
