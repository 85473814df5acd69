import { escapeMarkdown, inlineCode, renderTable, truncate } from '@switchyard/core'
import type { Receipt } from '../request/request.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { isSameContent, isSameFile } from '../tree/text.ts'

/** How a file of the rendering stands in the repository today. */
export interface FileDrift {
  readonly path: string
  readonly drift: 'changed' | 'deleted' | 'mode'
}

/** What a repository would be made from today. */
export interface CurrentSources {
  readonly template_repo: string
  readonly template_version: string
  readonly catalog_version: string
  readonly recipe_hash: string
}

export interface Drift {
  readonly repository: string
  /** By path. Files that only the repository has are its own affair. */
  readonly files: readonly FileDrift[]
  /** Set when the catalogue names another template or version than the receipt. */
  readonly template: { readonly from: string; readonly to: string } | null
  readonly isCatalogueNewer: boolean
  /** Whether the same options mean other actions today. */
  readonly isRecipeNewer: boolean
}

export interface DriftQuestion {
  readonly receipt: Receipt
  readonly current: CurrentSources
  /** The recipe of the receipt on the template of the receipt, the receipt's own file left out. */
  readonly rendering: FileTree
  /** The repository's files. */
  readonly ours: FileTree
}

/** How far a repository and what it was made from have moved apart. */
export function compareReceipt({ receipt, current, rendering, ours }: DriftQuestion): Drift {
  const [from, to] = [receipt, current].map(({ template_repo, template_version }) => `${template_repo}@${template_version}`)
  return {
    repository: `${receipt.repo_owner}/${receipt.repo_slug}`,
    files: findFileDrift(rendering, ours),
    template: from === to || from === undefined || to === undefined ? null : { from, to },
    isCatalogueNewer: receipt.catalog_version !== current.catalog_version,
    isRecipeNewer: receipt.recipe_hash !== current.recipe_hash,
  }
}

function findFileDrift(rendering: FileTree, ours: FileTree): readonly FileDrift[] {
  return [...rendering].flatMap(([path, file]): readonly FileDrift[] => {
    const now = ours.get(path)
    if (now === undefined) return [{ path, drift: 'deleted' }]
    if (isSameFile(file, now)) return []
    return [{ path, drift: isSameContent(file.content, now.content) ? 'mode' : 'changed' }]
  })
}

/** Whether there is anything that an update could bring. */
export function isUpdateDue({ template, isRecipeNewer }: Drift): boolean {
  return template !== null || isRecipeNewer
}

/** Most repositories of the table, most files of one that are named. */
const MAX_ROWS = 100
const MAX_FILES_NAMED = 5

/** The drift of one or many repositories as Markdown. */
export function renderDrift(drifts: readonly Drift[]): string {
  const due = drifts.filter(isUpdateDue).length
  const rows = drifts
    .slice(0, MAX_ROWS)
    .map((drift) => [inlineCode(drift.repository), renderTemplate(drift), renderCatalogue(drift), renderFiles(drift)])
  const more = drifts.length > MAX_ROWS ? `\n\n… and ${drifts.length - MAX_ROWS} more.` : ''
  const headline = `### ${due} of ${drifts.length} ${drifts.length === 1 ? 'repository' : 'repositories'} can be updated`
  return `${headline}\n\n${renderTable(['Repository', 'Template', 'Catalogue', 'Changed files'], rows)}${more}\n`
}

function renderTemplate({ template }: Drift): string {
  return template === null ? 'current' : `${inlineCode(template.from)} → ${inlineCode(template.to)}`
}

function renderCatalogue({ isCatalogueNewer, isRecipeNewer }: Drift): string {
  if (isRecipeNewer) return 'other actions for these options'
  return isCatalogueNewer ? 'newer, the same for these options' : 'current'
}

function renderFiles({ files }: Drift): string {
  if (files.length === 0) return 'none'
  const named = files.slice(0, MAX_FILES_NAMED).map(({ path, drift }) => `${inlineCode(truncate(path, 120))} ${escapeMarkdown(drift)}`)
  return `${files.length}: ${named.join(', ')}${files.length > MAX_FILES_NAMED ? ', …' : ''}`
}
