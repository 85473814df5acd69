import { countOf, inlineCode, renderTable, truncate } from '@switchyard/core'
import type { ConflictKind } from './merge-file.ts'
import type { Conflict, MergedTrees } from './merge-trees.ts'

export interface UpdateNews {
  readonly template: string
  readonly from: string
  readonly to: string
  /** Whether the same options mean other actions today. */
  readonly isRecipeNewer: boolean
  readonly merged: MergedTrees
}

export interface UpdateText {
  readonly title: string
  readonly body: string
}

/** GitHub takes 65,536 characters of body and 256 of title: so many rows of a list, and so many UTF-16 units of it. */
const MAX_ROWS = 100
const MAX_LIST = 30_000
const MAX_PATH = 200
const MAX_TITLE = 200

const WORDS: Readonly<Record<ConflictKind, string>> = {
  content: 'Both changed these lines. Keep what is right, and delete the marks.',
  'both-added': 'Both made this file. Keep what is right, and delete the marks.',
  binary: 'Both changed this binary file; yours stays. Take the template’s if you want it.',
  'too-large': 'Both changed this file, which is too large to be merged; yours stays.',
  mode: 'Both changed whether this file is executable; yours stays.',
  link: 'Both changed this, and one of them made it a symbolic link; yours stays.',
  'deleted-here': 'You deleted it, the template changed it. It stays deleted.',
  'deleted-in-template': 'The template deleted it, you changed it. It stays.',
  'place-taken': 'The template adds it, but its place is taken here by a folder, a link or a name in another case. It was not added.',
}

/** Title and body of the pull request of an update, with every conflict. */
export function renderUpdatePullRequest({ template, from, to, isRecipeNewer, merged }: UpdateNews): UpdateText {
  const count = merged.conflicts.length
  const parts = [
    `This brings ${inlineCode(truncate(`${template}@${to}`, MAX_PATH))} to a repository made from ${inlineCode(truncate(from, MAX_PATH))}.`,
    isRecipeNewer ? 'The options of this repository mean other actions today; their changes are here too.' : '',
    renderConflicts(merged.conflicts),
    renderChanges(merged),
  ]
  return {
    title: truncate(`Update from the template to ${plain(to)}${count === 0 ? '' : ` (${countOf(count, 'conflict')})`}`, MAX_TITLE),
    body: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
  }
}

/** A title is no Markdown but for code, and becomes a commit's message: an invisible blank keeps tags such as `@acme/kit@1.0.0` from being names. */
function plain(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}`]/gu, '').replace(/[@#]/g, '$&\u200b')
}

function renderConflicts(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0) return 'There are no conflicts.'
  const table = renderTable(
    ['File', 'Lines', 'What to do'],
    conflicts.slice(0, MAX_ROWS).map(({ path, kind, lines }) => [inlineCode(truncate(path, MAX_PATH)), renderLines(lines), WORDS[kind]]),
  )
  const [head = '', border = '', ...rows] = table.split('\n')
  const shown = fitting(rows)
  const more = conflicts.length > shown.length ? `\n\n… and ${conflicts.length - shown.length} more.` : ''
  return `### Conflicts to settle before merging\n\n${[head, border, ...shown].join('\n')}${more}`
}

function renderLines(lines: Conflict['lines']): string {
  const shown = lines.slice(0, 10).map(({ from, to }) => `${from}–${to}`)
  return `${shown.join(', ')}${lines.length > shown.length ? ', …' : ''}`
}

function renderChanges({ changes }: MergedTrees): string {
  if (changes.size === 0) return 'No file changes.'
  const lines = [...changes]
    .slice(0, MAX_ROWS)
    .map(([path, file]) => `- ${inlineCode(truncate(path, MAX_PATH))}${file === null ? ' is deleted' : ''}`)
  const shown = fitting(lines)
  const more = changes.size > shown.length ? `\n- … and ${changes.size - shown.length} more` : ''
  return `### Files\n\n${shown.join('\n')}${more}`
}

/** As many lines from the first as `MAX_LIST` holds: a path of pipes doubles when it is escaped. */
function fitting(lines: readonly string[]): readonly string[] {
  let left = MAX_LIST
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0)
  return end < 0 ? lines : lines.slice(0, end)
}
