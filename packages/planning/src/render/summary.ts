import { clip, clipCode, clipWords, countOf, type Fault, fitLines, inlineCode, joinParts } from '@switchyard/core'
import type { IdeaStatus } from '../idea/status.ts'
import { renderFaults } from './faults.ts'
import { linkNumber, linkTo } from './links.ts'
import { MAX_PATH, MAX_SAID, MAX_TITLE } from './limits.ts'
import type { PlanCheck } from './check.ts'
import { renderSteps } from './steps.ts'

/** A plan's file as a run that only reads found it. */
export interface ValidatedFile {
  readonly path: string
  readonly result:
    | { readonly ok: true; readonly title: string; readonly stories: number; readonly tasks: number; readonly warnings: readonly Fault[] }
    | { readonly ok: false; readonly faults: readonly Fault[] }
}

/** The idea that a run was about. */
export interface SummaryIdea {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly status: IdeaStatus
}

export type SummaryInput =
  /** `others`: what else was looked at and has faults, such as the rules. */
  | { readonly kind: 'validate'; readonly files: readonly ValidatedFile[]; readonly others?: readonly ValidatedFile[] }
  /** `text` is what was answered on the issue, of this package's renderings. */
  | { readonly kind: 'idea'; readonly idea: SummaryIdea; readonly text: string; readonly replyUrl?: string | undefined }
  | { readonly kind: 'verify'; readonly pullRequest: { readonly number: number; readonly url: string }; readonly check: PlanCheck }
  | { readonly kind: 'rollup'; readonly rolled: readonly RolledUp[] }
  | { readonly kind: 'sweep'; readonly ideas: readonly { readonly idea: SummaryIdea; readonly did: string }[] }
  /** Nothing was for this run, and why. */
  | { readonly kind: 'nothing'; readonly reason: string }

export interface RolledUp {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly kind: 'closed' | 'reopened'
}

/** GitHub shows at most 1 MiB; nobody reads that much. */
const MAX_PAGE = 200_000

/** The page of a job. */
export function renderSummary(input: SummaryInput): string {
  return `${renderPage(input)}\n`
}

function renderPage(input: SummaryInput): string {
  switch (input.kind) {
    case 'validate':
      return renderValidated(input.files, input.others ?? [])
    case 'idea': {
      const { idea, text, replyUrl } = input
      const link = replyUrl === undefined ? '' : `${linkTo('The answer', replyUrl)} stands on the issue.`
      return joinParts([`## Idea ${nameOf(idea)}`, renderSteps(idea.status), text.replace(/^<!--[^\n]*-->\n/, ''), link])
    }
    case 'verify': {
      const { pullRequest, check } = input
      const head = `## ${linkNumber(pullRequest.number, pullRequest.url)} against the plan: ${check.conclusion}`
      return joinParts([head, `**${clip(check.title, MAX_TITLE)}**`, check.summary, check.text])
    }
    case 'rollup': {
      const lines = input.rolled.map((issue) => `- ${issue.kind === 'closed' ? '✅ closed' : '⬜ re-opened'} ${nameOf(issue)}`)
      if (lines.length === 0) return '## Parents and children\n\nNothing had to follow.'
      return `## ${countOf(lines.length, 'parent')} followed their children\n\n${fit(lines)}`
    }
    case 'sweep': {
      const lines = input.ideas.map(({ idea, did }) => `- ${nameOf(idea)} (${inlineCode(idea.status)}): ${clipWords(did, MAX_SAID)}`)
      return lines.length === 0
        ? '## Sweep\n\nEverything is as it should be.'
        : `## Sweep: ${countOf(lines.length, 'idea')}\n\n${fit(lines)}`
    }
    case 'nothing':
      return `## Nothing to do\n\n${clipWords(input.reason, MAX_SAID)}`
  }
}

function renderValidated(files: readonly ValidatedFile[], others: readonly ValidatedFile[]): string {
  const refused = files.filter(({ result }) => !result.ok).length
  const head =
    files.length === 0
      ? 'No plan was changed'
      : refused === 0
        ? `✅ ${countOf(files.length, 'plan')} can be uploaded`
        : `❌ ${refused} of ${countOf(files.length, 'plan')} cannot be uploaded`
  const all = [...files, ...others]
  const max = Math.max(2_000, Math.floor(MAX_PAGE / Math.max(1, all.length)))
  const parts = all.map((file) => renderFile(file, max))
  return joinParts([`## ${head}`, ...fitLines(parts, MAX_PAGE, (left) => `and ${left} more.`)])
}

function renderFile({ path, result }: ValidatedFile, max: number): string {
  const name = clipCode(path, MAX_PATH)
  if (!result.ok) return `### ❌ ${name}\n\n${renderFaults({ faults: result.faults }, max)}`
  const what = `**${clip(result.title, MAX_TITLE)}** · ${countOf(result.stories, 'story', 'stories')} · ${countOf(result.tasks, 'task')}`
  return joinParts([`### ✅ ${name}`, what, result.warnings.length === 0 ? '' : renderFaults({ faults: result.warnings }, max)])
}

function nameOf({ number, title, url }: { readonly number: number; readonly title: string; readonly url: string }): string {
  return `${linkNumber(number, url)} ${clip(title, MAX_TITLE)}`
}

function fit(lines: readonly string[]): string {
  return fitLines(lines, MAX_PAGE, (left) => `- and ${left} more`).join('\n')
}
