import type { RootContent } from './mdast.ts'
import { parseBlocks } from './blocks.ts'
import { importPlan, type Imported, type ImportSource, type ParsedSource } from './imported.ts'
import { findTicked, findTitle, detailsOf, headingText, type Item, itemsOf } from './list-items.ts'
import type { PlanFinding } from './source.ts'
import type { NewStory, NewTask } from './write-plan.ts'

/**
 * A plain Markdown checklist as a plan: headings are stories, the items of the lists below them tasks, and what stands inside an item is the
 * task's text. Where items have boxes, only those count. Never throws.
 */
export function importChecklist(text: string, source: ImportSource): Imported {
  return importPlan(text, source, parseChecklist)
}

function parseChecklist(plain: string, title: string): ParsedSource {
  const blocks = parseBlocks(plain)
  const lists = new Map(blocks.flatMap((block) => (block.type === 'list' ? [[block, itemsOf(block, plain)] as const] : [])))
  const items = [...lists.values()].flat()
  const isBoxed = items.some((item) => item.isBoxed)
  const counts = (item: Item): boolean => item.line !== '' && (item.isBoxed || !isBoxed)
  const used = items.filter(counts)
  const findings = [...(used.length === 0 ? [NO_ITEMS] : []), ...findTicked(used)]
  const plan = { title: findTitle(blocks, plain) || title, stories: storiesOf(blocks, { plain, title, counts, lists }) }
  return { plan, findings }
}

const NO_ITEMS: PlanFinding = {
  code: 'no-tasks',
  message: 'There is no list in the text.',
  hint: 'Write tasks as `- [ ] what is to be done`.',
  offset: 0,
}

interface In {
  readonly plain: string
  readonly title: string
  counts(item: Item): boolean
  readonly lists: ReadonlyMap<RootContent, readonly Item[]>
}

function storiesOf(blocks: readonly RootContent[], { plain, title, counts, lists }: In): readonly NewStory[] {
  const stories: { title: string; text: string; tasks: NewTask[] }[] = [{ title, text: '', tasks: [] }]
  for (const block of blocks) {
    if (block.type === 'heading') stories.push({ title: headingText(block, plain) || title, text: '', tasks: [] })
    const items = lists.get(block) ?? []
    stories.at(-1)?.tasks.push(...items.filter(counts).map((item) => taskOf(item, plain)))
  }
  return stories.filter(({ tasks }) => tasks.length > 0)
}

function taskOf(item: Item, plain: string): NewTask {
  return { title: item.line, files: [], dependsOn: [], text: detailsOf(item, plain).join('\n\n') }
}
