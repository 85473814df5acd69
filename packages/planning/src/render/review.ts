import { clip, countOf, escapeHtml, fitTable, inlineCode, joinParts, renderTime } from '@switchyard/core'
import { isOwnerOf } from '../idea/reject.ts'
import type { IdeaStatus } from '../idea/status.ts'
import type { Finding, Round, Severity, Verdict } from '../review/model.ts'
import { SEVERITIES } from '../review/model.ts'
import { MAX_BODY } from './limits.ts'
import { sayStatus } from './steps.ts'

/** How many findings of each severity. */
export type FindingCounts = Readonly<Record<Severity, number>>

/** A round with its findings, or of which only their numbers are at hand. */
export interface ShownRound extends Omit<Round, 'findings'> {
  readonly findings: readonly Finding[] | FindingCounts
}

export interface ShownReview {
  /** Oldest first. */
  readonly rounds: readonly ShownRound[]
  /** Who approved the plan that stands now; undefined: nobody. */
  readonly approver: string | undefined
  /** Whose idea it is: who approves a plan of their own is told as that. Left out: nobody's any more. */
  readonly owner?: string | undefined
  /** When the review ended. ISO 8601, UTC. */
  readonly reviewed_at: string | undefined
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  approved: '✅ approved',
  'changes-requested': '❌ changes wanted',
  continue: '↻ another round',
}
const SIGNS: Readonly<Record<Severity, string>> = { blocker: '🛑', major: '🔴', minor: '🟡', note: '💬' }
const MAX_SHOWN = 10

/** How the review went, a row a round, newest last. At most `max` units. */
export function renderRounds({ rounds, approver, owner, reviewed_at: at }: ShownReview, max: number): string {
  if (rounds.length === 0) return ''
  const shown = rounds.slice(-MAX_SHOWN)
  const older = rounds.length - shown.length
  const rows = shown.map((round) => [
    String(round.round),
    clip(round.reviewer, 60),
    VERDICT_WORDS[round.verdict],
    renderSeverities(round.findings),
    `${Math.round(round.convergence * 100)} %${round.revised ? '' : ' (no change)'}`,
    renderTime(round.reviewed_at),
  ])
  const byOwner = approver !== undefined && isOwnerOf({ owner }, approver) ? BY_OWNER : ''
  const end = approver === undefined ? '' : `Approved by **${clip(approver, 60)}**${byOwner} on ${renderTime(at ?? null)}.`
  const before = older > 0 ? `${countOf(older, 'earlier round')} not shown.` : ''
  return joinParts([
    before,
    fitTable({ head: ['Round', 'Reviewer', 'Verdict', 'Findings', 'Kept as it was', 'When'], rows, max: max - 400 }),
    end,
  ])
}

/** The whole log: each round with its findings, newest first and open. */
export function renderReview(review: ShownReview, max: number = MAX_BODY): string {
  if (review.rounds.length === 0) return 'Nobody has reviewed this plan yet.'
  const overview = renderRounds(review, max / 4)
  const parts: string[] = []
  let room = max - overview.length - 300
  const rounds = review.rounds.toReversed()
  for (const [at, round] of rounds.entries()) {
    const part = renderRound(round, { isOpen: at === 0, max: Math.max(1_000, room) })
    if (part === undefined || part.length + 2 > room) break
    parts.push(part)
    room -= part.length + 2
  }
  const left = rounds.length - parts.length
  return joinParts([
    '### Review',
    overview,
    ...parts,
    left > 0 ? `The findings of ${countOf(left, 'earlier round')} are in the ledger.` : '',
  ])
}

interface RoundStyle {
  readonly isOpen: boolean
  readonly max: number
}

function renderRound({ round, reviewer, verdict, findings }: ShownRound, { isOpen, max }: RoundStyle): string | undefined {
  if (!isListed(findings)) return undefined
  const who = escapeHtml(reviewer.slice(0, 60).toWellFormed())
  const head = `<details${isOpen ? ' open' : ''}>\n<summary><b>Round ${round}</b> · ${who} · ${VERDICT_WORDS[verdict]} · ${countOf(findings.length, 'finding')}</summary>`
  const table = findings.length === 0 ? 'Nothing was found.' : renderFindings(findings, max - head.length - 40)
  return `${head}\n\n${table}\n\n</details>`
}

function isListed(findings: ShownRound['findings']): findings is readonly Finding[] {
  return Array.isArray(findings)
}

/** Worst first. */
export function renderFindings(findings: readonly Finding[], max: number): string {
  const rows = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).map(
    ({ severity, where, text }) => [`${SIGNS[severity]} ${severity}`, clip(where, 120), clip(text, 1_000)],
  )
  return fitTable({ head: ['Severity', 'Where', 'Finding'], rows, max })
}

function renderSeverities(findings: ShownRound['findings']): string {
  const countFor = (severity: Severity): number =>
    isListed(findings) ? findings.filter((finding) => finding.severity === severity).length : findings[severity]
  const counted = SEVERITIES.map((severity) => [severity, countFor(severity)] as const)
  const parts = counted.filter(([, count]) => count > 0).map(([severity, count]) => `${SIGNS[severity]} ${count} ${severity}`)
  return parts.length === 0 ? 'none' : parts.join(' · ')
}

const BY_OWNER = ', **the plan’s own owner: nobody else has looked at it,**'

/** What may be said of a plan after each verdict. */
const NEXT: Readonly<Record<Verdict, string>> = {
  approved: '`/plan materialise` makes the issues.',
  'changes-requested': '`/plan upload` takes a better plan, `/plan review start` begins another review.',
  continue: '`/plan review approve` or `/plan review reject <text>` ends the review.',
}

/** What a round's result did to the idea. `isByOwner`: whether whoever posted it is the idea's owner. */
export function renderReviewed(
  round: ShownRound,
  { status, isByOwner }: { readonly status: IdeaStatus; readonly isByOwner: boolean },
): string {
  const own = isByOwner && round.verdict === 'approved' ? ' It was approved **by the plan’s own owner**.' : ''
  const revised = round.revised ? ' The plan is kept as this round revised it.' : ''
  return joinParts([
    `### Round ${round.round} of the review: ${VERDICT_WORDS[round.verdict]}`,
    `${sayStatus(status)} (${inlineCode(status)}).${own}${revised}`,
    isListed(round.findings) && round.findings.length > 0 ? renderFindings(round.findings, MAX_BODY / 2) : '',
    `Next: ${NEXT[round.verdict]}`,
  ])
}
