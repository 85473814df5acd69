import {
  clip,
  clipWords,
  countOf,
  type Fault,
  inlineCode,
  joinParts,
  joinSentences,
  type Rejection,
  renderCode,
  renderNumber,
} from '@switchyard/core'
import type { IdeaStatus } from '../idea/status.ts'
import { type Counts, renderBar } from './bar.ts'
import type { ShownPlan } from './card.ts'
import { renderFaults } from './faults.ts'
import type { Item } from './items.ts'
import { MAX_BODY, MAX_TITLE } from './limits.ts'
import { linksOf } from './links.ts'
import { issueUrl, renderLogin, renderSource, type Site } from './site.ts'
import { sayStatus } from './steps.ts'
import { renderItem } from './tree.ts'

export interface UploadedInput {
  readonly site: Site
  readonly plan: ShownPlan & { readonly stories: number; readonly tasks: number; readonly length: number }
  readonly from: IdeaStatus
  /** Whether a review of an older plan counts no more. */
  readonly supersedesReview: boolean
  readonly warnings: readonly Fault[]
  /** Whether it was only looked at. */
  readonly isDryRun?: boolean
}

/** What was read of a plan that is kept now, or would be. */
export function renderUploaded({ site, plan, from, supersedesReview, warnings, isDryRun = false }: UploadedInput): string {
  const what = `${countOf(plan.stories, 'story', 'stories')} and ${countOf(plan.tasks, 'task')}`
  const size = `${countOf(plan.length, 'character')}, ${inlineCode(plan.sha256.slice(0, 12))}`
  const notes = [
    from === 'DRAFT' ? 'The idea went without questions: its plan was there already.' : '',
    from === 'PLAN_READY' ? 'It takes the place of the plan before.' : '',
    supersedesReview ? 'What was said in reviews was of an older plan, and counts no more.' : '',
  ].filter((note) => note !== '')
  const told = warnings.length === 0 ? '' : `#### ${countOf(warnings.length, 'warning')}\n\n${renderFaults({ faults: warnings }, 20_000)}`
  return joinParts([
    isDryRun ? `### ✅ The plan has no fault: ${what}` : `### ✅ The plan is kept: ${what}`,
    `**${clip(plan.title, MAX_TITLE)}** from ${renderSource(plan.source, site)} (${size}).${(isDryRun ? [] : notes).map((note) => ` ${note}`).join('')}`,
    told,
    isDryRun
      ? 'Nothing has changed yet.'
      : `Next: ${inlineCode('/plan materialise')} makes the issues, ${inlineCode('/plan review start')} begins a review.`,
  ])
}

export interface TransitionInput {
  readonly from: IdeaStatus
  readonly to: IdeaStatus
  readonly by: string
  /** Where its issues stand, which it let go of; undefined: it did not. */
  readonly left?: string | undefined
}

/** What a command did to the idea, in a few sentences. */
export function renderTransition({ from, to, by, left }: TransitionInput): string {
  const said = `${inlineCode(from)} → ${inlineCode(to)}, said by **${renderLogin(by)}**. ${sayStatus(to)}.`
  if (left === undefined) return said
  const kept = `The issues in ${clipWords(left, MAX_TITLE)} are left as they are, and are the idea’s no more.`
  return `${said} ${kept} ${inlineCode('/plan materialise owner/name')} makes others.`
}

/** Why what was asked was refused, what to do, and that nothing was done of it. `site`: of the idea that it names. */
export function renderRejection({ code, message, hint }: Rejection['rejected'], site?: Site): string {
  const linkOf = linksOf(site === undefined ? [] : [{ number: site.issue, url: issueUrl(site, site.issue) }])
  const why = joinSentences(clipWords(message, 1_000, linkOf), clipWords(hint, 1_000, linkOf))
  return `**Refused:** nothing was changed.\n\n- ${why} (${inlineCode(code)})`
}

export interface ShowInput {
  readonly site: Site
  readonly plan: ShownPlan
  /** The whole plan as it is kept. */
  readonly text: string
}

/** The plan as it is kept, folded, in a block in which nothing of it is live; at most `most` units. */
export function renderShow({ site, plan, text }: ShowInput, most: number = MAX_BODY): string {
  const head = `**${clip(plan.title, MAX_TITLE)}** · ${inlineCode(plan.sha256.slice(0, 12))} · from ${renderSource(plan.source, site)}`
  const code = renderCode(text, { language: 'markdown', max: most - head.length - 1_000, keepsJoiners: true })
  const cut = code.cut > 0 ? `The last ${countOf(code.cut, 'character')} are not shown.` : ''
  return joinParts([head, `<details>\n<summary>The plan</summary>\n\n${code.text}\n\n</details>`, cut])
}

export interface RollupInput {
  readonly kind: 'closed' | 'reopened'
  /** The child that it happened to last. */
  readonly child: Pick<Item, 'number' | 'url'> & { readonly title: string }
  /** Of the parent's children. */
  readonly counts: Counts
}

/** The comment on a parent that follows its children. */
export function renderRollup({ kind, child, counts }: RollupInput): string {
  const share = `\`${renderBar(counts, 10)}\` · ${renderNumber(counts.done)} of ${countOf(counts.total, 'child', 'children')} closed`
  return kind === 'closed'
    ? `Closed because its last open child was closed: ${renderItem(child)}. ${share}`
    : `Re-opened because a child of it was: ${renderItem(child)}. ${share}`
}
