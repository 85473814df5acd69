import { clip, clipCode, countOf, fitLines, fitTable, inlineCode, joinParts, truncate } from '@switchyard/core'
import type { Alignment, AlignmentConclusion, AlignmentVerdict, PullRequestAlignment, TaskPaths } from '../alignment/decide-alignment.ts'
import { linkNumber } from './links.ts'
import { MAX_CHECK, MAX_PATH, MAX_TITLE } from './limits.ts'
import { renderLogin } from './site.ts'

/** One task that a pull request names. */
export interface CheckedTask extends TaskPaths {
  readonly number: number
  readonly title: string
  readonly url: string
  /** Who approved its plan, where that is the plan's own owner: no rule, but whoever merges is to know. */
  readonly ownApprover?: string | undefined
}

export interface CheckInput {
  readonly alignment: PullRequestAlignment<CheckedTask>
  /** How many files the pull request changes, as GitHub counts them. */
  readonly changed: number
  /** Whether GitHub listed all of them: it lists at most 3,000. */
  readonly isWhole: boolean
}

export interface PlanCheck {
  readonly name: typeof CHECK_NAME
  readonly conclusion: AlignmentConclusion
  readonly title: string
  /** At most 65,535 characters, as is `text`. */
  readonly summary: string
  readonly text: string
}

export const CHECK_NAME = 'plan'

const SIGNS: Readonly<Record<AlignmentVerdict, string>> = { ALIGNED: '✅', PARTIAL: '🟡', DIVERGENT: '❌', NEUTRAL: '⚪' }
const WANTED = {
  ALIGNED: 'ALIGNED: every path, and nothing else',
  ALIGNED_OR_PARTIAL: 'at least one path',
  NONE: 'no comparison',
} as const

/** The check run on a pull request's head: how its files compare with the paths of its tasks. */
export function renderCheck(input: CheckInput): PlanCheck {
  const { alignment } = input
  if (alignment.tasks.length === 0) return NAMELESS
  return {
    name: CHECK_NAME,
    conclusion: conclusionOf(input),
    title: truncate(titleOf(alignment), 250),
    summary: renderSummary(input),
    text: renderFiles(input),
  }
}

const NAMELESS: PlanCheck = {
  name: CHECK_NAME,
  conclusion: 'neutral',
  title: 'No task of a plan is named',
  summary: `Name the task in the pull request’s text, as ${inlineCode('Closes #12')} or ${inlineCode('Task: #12')}, and its files are compared with the task’s.`,
  text: '',
}

/** With files that nobody saw, what seems missing may be there: that fails nobody. */
function conclusionOf({ alignment, isWhole }: CheckInput): AlignmentConclusion {
  return alignment.conclusion === 'failure' && !isWhole ? 'neutral' : alignment.conclusion
}

function titleOf({ verdict, tasks, extra }: CheckInput['alignment']): string {
  if (verdict === 'NEUTRAL') return 'Not compared: no paths, or Verify: NONE'
  const counted = tasks.filter(({ alignment }) => alignment.verdict !== 'NEUTRAL').map(({ alignment }) => alignment)
  const touched = counted.reduce((sum, each) => sum + each.touched.length, 0)
  const all = counted.reduce((sum, each) => sum + each.missing.length, touched)
  const others = extra.length === 0 ? 'nothing else' : countOf(extra.length, 'other file')
  return `${verdict}: ${touched} of ${countOf(all, 'path')} touched, ${others}`
}

function renderSummary({ alignment, changed, isWhole }: CheckInput): string {
  const rows = alignment.tasks.map(({ task, alignment: { verdict, conclusion, touched, missing } }) => [
    `${linkNumber(task.number, task.url)} ${clip(task.title, MAX_TITLE)}`,
    `${SIGNS[verdict]} ${verdict}`,
    touched.length + missing.length === 0 ? 'names no paths' : `${touched.length} of ${touched.length + missing.length}`,
    WANTED[task.verify],
    conclusion === 'failure' ? '❌ no' : conclusion === 'success' ? '✅ yes' : '—',
  ])
  return joinParts([
    fitTable({ head: ['Task', 'Verdict', 'Paths touched', 'Wanted', 'Enough'], rows, max: MAX_CHECK / 2 }),
    `${countOf(changed, 'file')} changed, ${countOf(alignment.extra.length, 'file')} that no task names.`,
    renderOwnApprovals(alignment.tasks),
    isWhole ? '' : '⚠️ GitHub lists only the first 3,000 files, so some of what seems missing may be there: nothing fails for it.',
    alignment.conclusion === 'failure'
      ? `What to do: change the missing files, or the task’s ${inlineCode('Files:')} in the plan, or its ${inlineCode('Verify:')}.`
      : '',
  ])
}

function renderOwnApprovals(tasks: PullRequestAlignment<CheckedTask>['tasks']): string {
  const owners = [...new Set(tasks.flatMap(({ task }) => task.ownApprover ?? []))].map(renderLogin)
  return owners.length === 0 ? '' : `The plan was approved by its own owner, ${owners.join(', ')}, and by nobody else.`
}

function renderFiles({ alignment }: CheckInput): string {
  const { tasks, extra } = alignment
  const part = MAX_CHECK / (2 * Math.max(1, tasks.length)) - 1_000 / Math.max(1, tasks.length)
  const missing = tasks.map(({ task, alignment: each }) => renderMissing(task, each, Math.floor(part)))
  const shown = joinParts(missing)
  const head = `### ${countOf(extra.length, 'file')} that no task names`
  const rest = extra.length === 0 ? '' : `${head}\n\n${listPaths(extra, MAX_CHECK - shown.length - head.length - 20)}`
  return joinParts([shown, rest])
}

function renderMissing({ number, url, title }: CheckedTask, { missing, touched }: Alignment, max: number): string {
  if (missing.length + touched.length === 0) return ''
  const head = `### ${linkNumber(number, url)} ${clip(title, MAX_TITLE)}`
  const words = missing.length === 0 ? 'Every path is touched.' : `**Missing:** ${countOf(missing.length, 'path')}`
  return joinParts([head, words, missing.length === 0 ? '' : listPaths(missing, Math.max(400, max - head.length - words.length - 10))])
}

function listPaths(paths: readonly string[], max: number): string {
  const lines = paths.map((path) => `- ${clipCode(path, MAX_PATH)}`)
  return fitLines(lines, max, (left) => `- and ${left} more`).join('\n')
}
