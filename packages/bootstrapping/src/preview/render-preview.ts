import { clipWords, countOf, escapeMarkdown, inlineCode, renderTable, truncate } from '@switchyard/core'
import type { FileChange } from './diff-trees.ts'
import { type Fenced, renderFenced } from './fenced.ts'
import type { PreviewReport } from './report.ts'

/** Most UTF-16 units of the comment. GitHub takes 65,536 characters. */
export const MAX_PREVIEW_LENGTH = 60_000
/** Most entries of a list, most UTF-16 units of one, and of all together once they are escaped. */
const MAX_ENTRIES = 30
const MAX_ENTRY = 300
const MAX_LIST = 8_000

/** The preview as the comment that somebody approves. Whatever comes from a template, a catalogue or a request is inert. */
export function renderPreview(report: PreviewReport): string {
  const fixed = [headline(report), what(report), obstacles(report), list('Warnings', report.warnings), effects(report), access(report)]
  const end = next(report)
  const parts = fixed.filter((part) => part !== '')
  let left = MAX_PREVIEW_LENGTH - [...parts, end].join('\n\n').length - 2
  for (const folded of [actions(report), files(report), diff(report)]) {
    const text = renderFenced(folded, left - 2)
    if (text === '') continue
    parts.push(text)
    left -= text.length + 2
  }
  return `${[...parts, end].join('\n\n')}\n`
}

function headline({ repo_owner, repo_slug, canProceed }: PreviewReport): string {
  const verdict = canProceed ? 'can be created' : 'cannot be created yet'
  return `### ${inlineCode(`${repo_owner}/${repo_slug}`)} ${verdict}\n\nThis is a preview: nothing was made.`
}

function what(report: PreviewReport): string {
  const chosen = Object.entries(report.selected_options).map(([category, options]) => `${category}: ${options.join(', ') || 'none'}`)
  const source = truncate(`${report.template_repo}@${report.template_version}`, MAX_ENTRY)
  const template = `${inlineCode(source)} (${inlineCode(report.template_source_sha.slice(0, 12))})`
  return renderTable(
    ['What', 'Value'],
    [
      ['Requested by', inlineCode(report.requested_by)],
      ['Repository', `${inlineCode(`${report.repo_owner}/${report.repo_slug}`)}, ${report.visibility}`],
      ['Template', template],
      ['Options', escapeMarkdown(truncate(chosen.join(' · '), 2_000))],
      ['Risk', `${report.risk_level}${report.requires_role === 'ADMIN' ? ', needs an admin of this repository' : ''}`],
      ['Catalogue', inlineCode(report.catalog_version)],
      ['Recipe', inlineCode(report.recipe_hash)],
    ],
  )
}

function obstacles({ collisions, faults }: PreviewReport): string {
  const taken = collisions === null ? [] : [`The name ${collisions.owner}/${collisions.slug} is taken. Choose another name.`]
  const told = faults.map(({ code, message, hint = '' }) => `${code}: ${message} ${hint}`.trimEnd())
  return list('What stands in the way', [...taken, ...told])
}

function effects({ effects }: PreviewReport): string {
  const writes = effects.reduce((sum, effect) => sum + effect.writes, 0)
  const lines = entries(effects.map(({ what }) => what)).map((line, index) => `${index + 1}. ${line}`)
  return `**A run writes ${countOf(writes, 'time')} to GitHub, in this order**\n\n${lines.join('\n')}`
}

function access({ access: { permissions, scopes } }: PreviewReport): string {
  const rows = permissions.map(({ permission, access, why }) => [inlineCode(`${permission}: ${access}`), escapeMarkdown(why)])
  const needs = `**The token needs** (a classic one: ${scopes.map(inlineCode).join(', ')})`
  const hasWorkflows = permissions.some(({ permission }) => permission === 'workflows')
  const workflows = hasWorkflows ? '\n\nThe token of a workflow run can never have `workflows`: use an App or a personal token.' : ''
  return `${needs}\n\n${renderTable(['Permission', 'Why'], rows)}${workflows}`
}

function actions({ actionLog }: PreviewReport): Fenced {
  const lines = actionLog.map(({ kind, category, option, status, summary }, index) => {
    return `${index + 1}. ${kind} (${category}/${option}) ${status}: ${summary}`
  })
  return { title: `${countOf(actionLog.length, 'action')} of the recipe`, lines }
}

function files({ fileTree, truncated, unlisted }: PreviewReport): Fenced {
  const title = truncated ? `Files (the first ${fileTree.length - 1})` : countOf(fileTree.length, 'file')
  return { title: unlisted === 0 ? title : `${title}, and ${unlisted} that ${unlisted === 1 ? 'is' : 'are'} not listed`, lines: fileTree }
}

function diff({ diff }: PreviewReport): Fenced {
  const title = `Changes to the template (${countOf(diff.changes.length, 'file')})${diff.isCut ? ', the largest without their text' : ''}`
  return { title, lines: diff.changes.flatMap(renderChange), language: 'diff' }
}

function renderChange({ path, change, from, modes, isBinary, isTooLarge, patch }: FileChange): readonly string[] {
  const notes = [modes && `mode ${modes.join(' → ')}`, isBinary && 'binary', isTooLarge && 'too large to show'].filter(Boolean)
  const head = `# ${change} ${from === undefined ? path : `${from} → ${path}`}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`
  return [head, ...(patch === undefined ? [] : patch.replace(/\n$/, '').split('\n'))]
}

function next({ canProceed, approval_hash }: PreviewReport): string {
  const hash = `Approval hash: ${inlineCode(approval_hash)}. It changes with anything that the run depends on.`
  const step = canProceed
    ? 'To create the repository, comment `/bootstrap run`.'
    : 'Mend what stands in the way, then ask for a new preview.'
  return `${hash}\n\n${step}`
}

function list(title: string, texts: readonly string[]): string {
  return texts.length === 0
    ? ''
    : `**${title}**\n\n${entries(texts)
        .map((line) => `- ${line}`)
        .join('\n')}`
}

/** Texts as inert lines, as many as fit; the others are counted. */
function entries(texts: readonly string[]): readonly string[] {
  const lines: string[] = []
  let left = MAX_LIST
  for (const text of texts.slice(0, MAX_ENTRIES)) {
    const line = clipWords(text, MAX_ENTRY)
    left -= line.length
    if (left < 0) break
    lines.push(line)
  }
  return lines.length === texts.length ? lines : [...lines, `… and ${texts.length - lines.length} more`]
}
