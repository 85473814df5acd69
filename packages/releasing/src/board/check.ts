import type { ReleaseState } from '../release/records/state.ts'
import type { Matrix } from '../release/views/matrix-document.ts'
import { clip, fitLines, inlineCode, renderTable } from '@switchyard/core'
import { isComplete, wholePercent } from '../release/views/progress.ts'
import { renderBar, renderShare } from './bar.ts'
import { countClusters, countAll } from './rows.ts'
import { MAX_BODY } from './plan-pages.ts'

export interface ReleaseCheck {
  readonly title: string
  readonly summary: string
  readonly conclusion: 'action_required' | 'success' | 'neutral'
  /** It is written when this changes: 100 only when nothing is left. 0 at no steps. */
  readonly percent: number
}

/** Whether a check run shows the same whole per cent: counts that moved within it are written with the next. */
export function isSameCheck(
  { title, conclusion }: Pick<ReleaseCheck, 'title' | 'conclusion'>,
  shown: { readonly title: string | undefined; readonly conclusion: string | undefined } | undefined,
): boolean {
  return shown?.conclusion === conclusion && shown.title?.split(':')[0] === title.split(':')[0]
}

export function checkName(slug: string): string {
  return `release/${slug}`
}

/** The check run on the release's commit: it may be required, since only a finished release succeeds. */
export function renderCheck({ release, matrix }: { readonly release: ReleaseState; readonly matrix: Matrix }): ReleaseCheck {
  const counts = countAll(matrix)
  const { done, skipped, reverted, pending, total } = counts
  const percent = wholePercent(counts) ?? 0
  const conclusion = total === 0 ? 'neutral' : isComplete(counts) ? 'success' : 'action_required'
  const title = total === 0 ? '0 of 0 steps' : `${percent} %: ${renderShare(counts)}`
  const totals = renderTable(['Done', 'Skipped', 'Reverted', 'Pending', 'Total'], [[done, skipped, reverted, pending, total].map(String)])
  const rows = countClusters(matrix).map(([cluster, each]) => [clip(cluster, 100), inlineCode(renderBar(each)), renderShare(each)])
  const clusters = rows.length === 0 ? [] : renderTable(['Cluster', 'Progress', 'Steps'], rows).split('\n')
  const board = release.board === null ? '' : `Boxes and commands are on its board, issue #${release.board.issue}.\n\n`
  const head = `### ${clip(release.name, 300)}\n\n${inlineCode(renderBar(counts))}\n\n${board}${totals}\n\n`
  const rest = (left: number): string => `\nand ${left} more clusters: see the release’s issue.`
  return { title, summary: head + fitLines(clusters, MAX_BODY - head.length, rest).join('\n'), conclusion, percent }
}
