import { clip, clipWords, countOf, fitLines, inlineCode, joinParts, joinSentences, renderTime } from '@switchyard/core'
import type { PlanSource } from '../idea/command.ts'
import type { IdeaStatus } from '../idea/status.ts'
import { renderBar } from './bar.ts'
import { renderGuide } from './guide.ts'
import { linksOf, linkTo } from './links.ts'
import type { Item } from './items.ts'
import { MAX_BODY, MAX_SAID, MAX_TITLE } from './limits.ts'
import { decideProgress } from './progress.ts'
import { renderRounds, type ShownReview } from './review.ts'
import { renderLogin, renderSource, type Site } from './site.ts'
import { renderSteps, sayStatus, signOf } from './steps.ts'
import { renderTree } from './tree.ts'

/** First line of the one comment that tells of an idea: it is found and edited by it. */
const CARD_MARKER = '<!-- switchyard:plan card -->'

/** Whether a comment of ours is the card. Anywhere but at its very top the marker is somebody's text. */
export function isCard(body: string): boolean {
  return body.startsWith(`${CARD_MARKER}\n`) || body.startsWith(`${CARD_MARKER}\r\n`)
}

/** The plan that the idea has, without its text. */
export interface ShownPlan {
  readonly title: string
  /** Of the whole text, in hex. */
  readonly sha256: string
  readonly source: PlanSource
}

/** One line of the idea's log. */
export interface LogLine {
  /** ms since the epoch, or ISO 8601. */
  readonly at: number | string
  readonly by: string
  /** Not yet escaped. */
  readonly text: string
}

/** Work that rests until the next sweep, or stopped. */
export type ShownMaking =
  | { readonly kind: 'paused'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly hint: string }

export interface CardInput {
  readonly site: Site
  /** undefined: the account is gone. */
  readonly owner: string | undefined
  readonly status: IdeaStatus
  readonly plan: ShownPlan | undefined
  /** The plan's tree; empty where there is no plan. */
  readonly items: readonly Item[]
  /** `owner/name` of where the issues are; undefined: not made. */
  readonly target?: string | undefined
  readonly making?: ShownMaking | undefined
  readonly review?: ShownReview | undefined
  /** Oldest first. */
  readonly log: readonly LogLine[]
  /** Where the ledger is read. */
  readonly ledgerUrl?: string | undefined
}

const MAX_LOG = 10

/** The idea's card, at most 60,000 UTF-16 units: what does not fit is counted. */
export function renderCard(input: CardInput): string {
  const isMaking = input.making?.kind === 'paused'
  const progress = decideProgress(input.items)
  const standing = progress.isFinished ? '🏁 The plan is finished' : `${signOf(input.status)} ${sayStatus(input.status)}`
  const headline = isMaking ? '⏳ The plan’s issues are being made' : standing
  const before = joinParts([
    `${CARD_MARKER}\n### ${headline}`,
    renderSteps(input.status),
    input.making === undefined ? '' : renderMaking(input.making),
    input.plan === undefined ? '' : renderPlan(input.plan, input),
    ownerLine(input),
  ])
  const review = input.review === undefined || input.review.rounds.length === 0 ? '' : `#### Review\n\n${renderRounds(input.review, 6_000)}`
  const after = joinParts([review, renderGuide(isMaking ? 'making' : input.status), renderLog(input)])
  const room = MAX_BODY - before.length - after.length - 10
  const tree = input.items.length === 0 ? '' : renderTree(progress, room)
  return `${joinParts([before, tree, after])}\n`
}

function ownerLine({ owner }: CardInput): string {
  return `Owner: ${owner === undefined ? 'nobody, since the author’s account is gone' : `**${renderLogin(owner)}**`}`
}

function renderPlan({ title, sha256, source }: ShownPlan, { site, target }: CardInput): string {
  const where = target === undefined || target === site.repository ? '' : ` · issues in ${linkTo(target, `${site.server}/${target}`)}`
  return `Plan: **${clip(title, MAX_TITLE)}** · ${inlineCode(sha256.slice(0, 12))} · from ${renderSource(source, site)}${where}`
}

/** What goes on with the issues, in one paragraph. */
function renderMaking(making: ShownMaking): string {
  switch (making.kind) {
    case 'paused':
      return `⏸️ **Paused:** \`${renderBar(making)}\` · ${making.done} of ${countOf(making.total, 'issue')}. The next sweep goes on by itself.`
    case 'failed':
      return `❌ **Stopped:** ${joinSentences(clipWords(making.message, MAX_SAID), clipWords(making.hint, MAX_SAID))} (${inlineCode(making.code)})`
  }
}

function renderLog({ log, ledgerUrl, items }: CardInput): string {
  if (log.length === 0) return ''
  const linkOf = linksOf(items)
  const lines = log
    .slice(-MAX_LOG)
    .toReversed()
    .map(({ at, by, text }) => `- ${renderTime(at)} · ${renderLogin(by)} · ${clipWords(text, MAX_SAID, linkOf)}`)
  const older = log.length - lines.length
  const all = ledgerUrl === undefined ? '' : ` ${linkTo('The whole log', ledgerUrl)} is in the ledger.`
  const rest = older > 0 ? `${countOf(older, 'older entry', 'older entries')} not shown.${all}` : all.trim()
  const body = fitLines(lines, 8_000, (left) => `- and ${left} more`).join('\n')
  return `<details>\n<summary>Log</summary>\n\n${joinParts([body, rest])}\n\n</details>`
}
