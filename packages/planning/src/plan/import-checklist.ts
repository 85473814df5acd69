import { placesIn } from '@switchyard/core/config'
import type { RootContent } from './mdast.ts'
import { readBlocks } from './blocks.ts'
import {
  detailsOf,
  findImportRefusal,
  finishImport,
  headingText,
  type Imported,
  type ImportSource,
  type Item,
  itemsOf,
} from './imported.ts'
import { type Finding, toFault } from './source.ts'
import type { NewStory, NewTask } from './write-plan.ts'

/**
 * A plain Markdown checklist as a plan: headings are stories, the items of the lists below them tasks, and what stands inside an item is the
 * task's text. Where items have boxes, only those count. Never throws.
 */
export function importChecklist(text: string, { file, title }: ImportSource): Imported {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  const placeAt = placesIn(plain, file)
  const refusal = findImportRefusal(plain)
  if (refusal) return { ok: false, faults: [toFault(refusal, placeAt)] }
  const blocks = readBlocks(plain)
  const items = blocks.flatMap((block) => (block.type === 'list' ? itemsOf(block, plain) : []))
  const isBoxed = items.some((item) => item.isBoxed)
  const counts = (item: Item): boolean => item.line !== '' && (item.isBoxed || !isBoxed)
  const used = items.filter(counts)
  const findings = [...(used.length === 0 ? [NO_ITEMS] : []), ...findTicked(used)]
  const head = blocks.find((block) => block.type === 'heading' && block.depth === 1)
  const plan = { title: (head && headingText(head, plain)) || title, stories: storiesOf(blocks, { plain, title, counts }) }
  return finishImport(plan, { file, findings, placeAt })
}

const NO_ITEMS: Finding = {
  code: 'no-tasks',
  message: 'There is no list in the text.',
  hint: 'Write tasks as `- [ ] what is to be done`.',
  offset: 0,
}

/** Items that are done already become tasks all the same. */
export function findTicked(items: readonly Item[]): readonly Finding[] {
  return items
    .filter(({ isTicked }) => isTicked)
    .map(({ offset }) => {
      const message = 'The item is ticked, and becomes an open task all the same.'
      return { code: 'ticked-item', message, hint: 'Delete what is done, or close its issue.', offset, isWarning: true }
    })
}

interface In {
  readonly plain: string
  readonly title: string
  counts(item: Item): boolean
}

function storiesOf(blocks: readonly RootContent[], { plain, title, counts }: In): readonly NewStory[] {
  const stories: { title: string; text: string; tasks: NewTask[] }[] = [{ title, text: '', tasks: [] }]
  for (const block of blocks) {
    if (block.type === 'heading') stories.push({ title: headingText(block, plain) || title, text: '', tasks: [] })
    if (block.type !== 'list') continue
    stories.at(-1)?.tasks.push(
      ...itemsOf(block, plain)
        .filter(counts)
        .map((item) => taskOf(item, plain)),
    )
  }
  return stories.filter(({ tasks }) => tasks.length > 0)
}

function taskOf(item: Item, plain: string): NewTask {
  return { title: item.line, files: [], dependsOn: [], text: detailsOf(item, plain).join('\n\n') }
}
