import { clip, findFitting, fitLines, fitTable, inlineCode, renderTable } from '@switchyard/core'
import { renderBar, renderCounts, renderShare, renderStanding } from '../board/bar.ts'
import { MAX_BODY } from '../board/plan-pages.ts'
import { type BoardCluster, type CountedCustomer, countAll, countClusters, toClusters, toCustomers } from '../board/rows.ts'
import { wrapSection } from '../board/sections.ts'
import { LEGEND } from '../board/signs.ts'
import { renderTables } from '../board/tables.ts'
import type { ReleaseState } from '../release/records/state.ts'
import type { Matrix } from '../release/views/matrix-document.ts'
import { countRow } from '../release/views/progress.ts'

export interface ReleaseView {
  readonly release: ReleaseState
  readonly matrix: Matrix
}

/** Where everybody is: the matrix of all clusters or of one; where that is too long, customers with their counts. */
export function renderStatus({ release, matrix }: ReleaseView, cluster?: string): string {
  const all = toClusters(toCustomers(release, matrix))
  const chosen = cluster === undefined ? all : all.filter(({ name }) => name === cluster)
  if (cluster !== undefined && chosen.length === 0) return renderUnknown(cluster, all)
  const head = `${renderHead({ release, matrix })}\n\n${LEGEND}\n\n`
  const draw = (names: number): string => {
    const sections = chosen.map((each) => wrapSection(each, renderTables(release, each.customers, { names })))
    return head + sections.join('\n\n')
  }
  const ways = [160, 60, 24].map((names) => () => draw(names))
  return findFitting(ways, MAX_BODY) ?? `${head}${renderCustomers(chosen, MAX_BODY - head.length - 200)}\n\n${TOO_LONG}`
}

const TOO_LONG = `The whole matrix does not fit here: ask for one cluster with ${inlineCode('/release status <cluster>')}.`

function renderUnknown(cluster: string, all: readonly BoardCluster<CountedCustomer>[]): string {
  const known = fitLines(
    all.map(({ name }) => `- ${clip(name, 200)}`),
    MAX_BODY / 2,
    (left) => `- and ${left} more`,
  )
  return `No customer of this release is on ${clip(cluster, 200)}. Its clusters are:\n\n${known.join('\n')}`
}

function renderCustomers(clusters: readonly BoardCluster<CountedCustomer>[], max: number): string {
  const customers = clusters.flatMap((cluster) => cluster.customers)
  const rows = customers.map(({ address, counts }) => {
    return [inlineCode(address), inlineCode(renderBar(counts, 10)), renderShare(counts), renderCounts(counts)]
  })
  return fitTable({ head: ['Customer', 'Progress', 'Steps', ''], rows, max })
}

/** How far the release is: all, each cluster, each customer. */
export function renderProgress({ release, matrix }: ReleaseView): string {
  const clusters = countClusters(matrix).map(([name, counts]) => {
    return [clip(name, 200), inlineCode(renderBar(counts)), renderShare(counts), renderCounts(counts)]
  })
  const customers = Object.entries(matrix.customers).map(([address, row]) => {
    const counts = countRow(row)
    return [inlineCode(address), inlineCode(renderBar(counts, 10)), renderShare(counts)]
  })
  const head = renderHead({ release, matrix })
  const top = fitTable({ head: ['Cluster', 'Progress', 'Steps', ''], rows: clusters, max: MAX_BODY / 3 })
  const open = '<details>\n<summary>Each customer</summary>\n\n'
  const close = '\n\n</details>'
  const room = MAX_BODY - head.length - top.length - open.length - close.length - 10
  return `${head}\n\n${top}\n\n${open}${fitTable({ head: ['Customer', 'Progress', 'Steps'], rows: customers, max: room })}${close}`
}

/** The release's name, bar and counts. */
export function renderHead({ release, matrix }: ReleaseView): string {
  const counts = countAll(matrix)
  const title = [release.name, release.version_number].filter((part) => part !== '').join(' ')
  return `### ${clip(title, 400)} · ${release.status}\n\n${renderStanding(counts)}`
}

/** The five counts as a table. */
export function renderTotals({ matrix }: ReleaseView): string {
  const { done, skipped, reverted, pending, total } = countAll(matrix)
  return renderTable(['Done', 'Skipped', 'Reverted', 'Pending', 'Total'], [[done, skipped, reverted, pending, total].map(String)])
}
