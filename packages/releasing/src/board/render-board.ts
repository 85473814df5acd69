import { inlineCode, renderLink, truncate } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import type { Matrix } from '../release/views/matrix.ts'
import { renderBar, renderCounts, renderShare } from './bar.ts'
import { findFitting, fitLines } from './fit.ts'
import { renderGuide } from './guide.ts'
import { clip } from './inert.ts'
import { boardMarker } from './keys.ts'
import { renderClusters, renderLinks } from './overview.ts'
import { MAX_BODY } from './plan-pages.ts'
import { type BoardCustomer, sumOf, toClusters, toCustomers } from './rows.ts'
import { type Level, LEVELS, renderCustomerList, renderSection, wrapSection } from './sections.ts'

export interface BoardInput {
  readonly release: ReleaseState
  readonly matrix: Matrix
  /** Of `planPages`; empty: all on the board itself. */
  readonly pages: readonly (readonly string[])[]
  readonly place: { issueUrl(number: number): string }
}

export interface Board {
  /** The body of the release's issue. */
  readonly overview: string
  /** The bodies of its child issues, in the order of the plan. */
  readonly pages: readonly string[]
}

const MAX_TITLE = 256

/** The title of the release's issue, and of its pages from 1. At most 256 characters, GitHub's limit. */
export function renderBoardTitle({ name, version_number }: Pick<ReleaseState, 'name' | 'version_number'>, page?: number): string {
  const end = page === undefined ? '' : ` · page ${page}`
  return truncate(`Release ${[name, version_number].filter((part) => part !== '').join(' ')}`, MAX_TITLE - end.length) + end
}

/**
 * A release as people work on it. The same release gives the same text, so what differs on GitHub was edited there.
 * Every body has at most 60,000 UTF-16 units, whatever names, notes and steps it has.
 */
export function renderBoard(input: BoardInput): Board {
  const customers = toCustomers(input.release, input.matrix)
  const byAddress = new Map(customers.map((customer) => [customer.address, customer]))
  const pages = input.pages.map((addresses) => addresses.flatMap((address) => byAddress.get(address) ?? []))
  if (pages.length === 0) return { overview: renderWithBoxes(input.release, { page: 0, lead: renderLead(input.release, { customers, hasPages: false }), customers }), pages: [] }
  return {
    overview: renderOverview(input, { customers, pages }),
    pages: pages.map((members, at) => renderWithBoxes(input.release, { page: at + 1, lead: renderPageLead(input, { page: at + 1, customers: members }), customers: members })),
  }
}

interface Members {
  readonly customers: readonly BoardCustomer[]
}

function renderOverview({ release, place }: BoardInput, { customers, pages }: Members & { readonly pages: readonly (readonly BoardCustomer[])[] }): string {
  const top = `${boardMarker(release.slug, 0)}\n${renderLead(release, { customers, hasPages: true })}`
  const links = pages.map((members, at) => {
    const issue = release.board?.pages[at]
    return { number: at + 1, url: issue === undefined ? undefined : place.issueUrl(issue), customers: members }
  })
  return `${top}\n\n${renderLinks(links, toClusters(customers), MAX_BODY - top.length - 3)}\n`
}

const MAX_TEXT = 600

function renderLead(release: ReleaseState, { customers, hasPages }: Members & { readonly hasPages: boolean }): string {
  const counts = sumOf(customers)
  const { name, version_number: version, type, release_date: date, description } = release
  const facts = [version === '' ? '' : `version ${clip(version, 120)}`, type, date === null ? '' : `due ${clip(date, 40)}`].filter((part) => part !== '').join(' · ')
  const parts = [
    `## ${clip(name, 300)}`,
    facts,
    description === '' ? '' : clip(description, MAX_TEXT),
    `${inlineCode(renderBar(counts))} · **${renderShare(counts)}** · ${renderCounts(counts)}`.replace(/ · $/, ''),
    renderGuide({ release, counts, hasPages }),
    renderClusters(toClusters(customers)),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function renderPageLead({ release, pages, place }: BoardInput, { page, customers }: Members & { readonly page: number }): string {
  const counts = sumOf(customers)
  const board = release.board === null ? '' : ` · ${renderLink('the whole release', place.issueUrl(release.board.issue))}`
  return [
    `## ${clip(release.name, 300)}`,
    `Page ${page} of ${pages.length}${board}`,
    `${inlineCode(renderBar(counts))} · **${renderShare(counts)}** · ${renderCounts(counts)}`.replace(/ · $/, ''),
    renderGuide({ release, counts, hasPages: false }),
  ].join('\n\n')
}

interface Boxes extends Members {
  readonly page: number
  readonly lead: string
}

function renderWithBoxes(release: ReleaseState, { page, lead, customers }: Boxes): string {
  const clusters = toClusters(customers)
  const draw = (sections: readonly string[], leftOut: string | undefined): string =>
    `${boardMarker(release.slug, page)}\n${[lead, ...(leftOut === undefined ? [] : [`> ${leftOut}`]), ...sections].join('\n\n')}\n`
  const ways = LEVELS.map((level) => () => draw(clusters.map((cluster) => renderSection(release, cluster, level)), level.leftOut))
  return findFitting(ways, MAX_BODY) ?? draw(...renderFirst(release, customers, MAX_BODY - lead.length - 1_000))
}

const LEAST: Level = { names: 8, hasTables: false, hasFinished: false, leftOut: undefined }

/** The customers whose lists fit, the first that does not only in part, and how many have none. */
function renderFirst(release: ReleaseState, customers: readonly BoardCustomer[], max: number): readonly [readonly string[], string] {
  const sections: string[] = []
  let room = max
  let shown = 0
  for (const customer of customers) {
    const cluster = { name: customer.cluster, customers: [customer], counts: customer.counts }
    const rest = (left: number): string => `\n${left} more steps are not shown here: ${inlineCode(`/release customer ${customer.address}`)} lists them.`
    const lines = fitLines(renderCustomerList(release, customer, LEAST).split('\n'), room - 1_000, rest)
    const section = wrapSection(cluster, lines.join('\n'))
    if (lines.length < 8 && sections.length > 0 && section.length > room) break
    if (section.length + 2 > room) break
    sections.push(section)
    room -= section.length + 2
    shown += 1
  }
  const left = customers.length - shown
  const who = left === 0 ? 'Not every step fits here' : `The boxes of ${left} more ${left === 1 ? 'customer do' : 'customers do'} not fit here`
  return [sections, `${who}: mark their steps with ${inlineCode('/step done <step> <customer>')}; ${inlineCode('/release customer <customer>')} lists them.`]
}
