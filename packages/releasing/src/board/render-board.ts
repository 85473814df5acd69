import { clip, findFitting, joinParts, renderLink, truncate } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import type { Matrix } from '../release/views/matrix-document.ts'
import { renderStanding } from './bar.ts'
import { renderFirstLook } from './failures.ts'
import { renderGuide } from './guide.ts'
import type { HistoryUrl } from './history-link.ts'
import { boardMarker } from './keys.ts'
import { renderClusters, renderLinks } from './overview.ts'
import { MAX_BODY } from './plan-pages.ts'
import { type BoardCustomer, type CountedCustomer, sumOf, toCounted, toClusters, toCustomers } from './rows.ts'
import { LEVELS, renderFirst, renderSection } from './sections.ts'
import { sign, SIGNATURE_ROOM } from './signature.ts'
import { LEGEND } from './signs.ts'

export interface BoardInput {
  readonly release: ReleaseState
  readonly matrix: Matrix
  /** Of `planPages`; empty: all on the board itself. */
  readonly pages: readonly (readonly string[])[]
  readonly place: {
    issueUrl(number: number): string
    readonly historyUrl: HistoryUrl
  }
}

const MAX_TITLE = 256
/** Units of a body without its last line, by which it is known as ours. */
const ROOM = MAX_BODY - SIGNATURE_ROOM

/** The title of the release's issue, and of its pages from 1. At most 256 characters, GitHub's limit. */
export function renderBoardTitle({ name, version_number }: Pick<ReleaseState, 'name' | 'version_number'>, page?: number): string {
  const end = page === undefined ? '' : ` · page ${page}`
  return truncate(`Release ${[name, version_number].filter((part) => part !== '').join(' ')}`, MAX_TITLE - end.length) + end
}

/**
 * The release's own issue: with pages it has links and no boxes. The same release gives the same text, so what differs on GitHub was edited
 * there. It has at most 60,000 UTF-16 units, whatever names, notes and steps there are.
 */
export function renderBoardIssue(input: BoardInput): string {
  const { release, matrix, pages } = input
  if (pages.length > 0) return sign(renderOverview(input, toCounted(release, matrix)))
  const customers = toCustomers(release, matrix)
  return sign(renderWithBoxes(input, { page: 0, lead: renderLead(release, { customers, hasPages: false }), customers }))
}

/** One page, from 1, as long as the issue at most: a command on one customer changes none but the page of that one. */
export function renderPage(input: BoardInput, page: number): string {
  const { release, matrix, pages } = input
  const members = new Set(pages[page - 1] ?? [])
  const customers = toCustomers(release, matrix, (address) => members.has(address))
  return sign(renderWithBoxes(input, { page, lead: renderPageLead(input, { page, customers }), customers }))
}

interface Members {
  readonly customers: readonly CountedCustomer[]
}

function renderOverview({ release, pages, place }: BoardInput, customers: readonly CountedCustomer[]): string {
  const byAddress = new Map(customers.map((customer) => [customer.address, customer]))
  const top = `${boardMarker(release.slug, 0)}\n${renderLead(release, { customers, hasPages: true })}`
  const links = pages.map((addresses, at) => {
    const members = addresses.flatMap((address) => byAddress.get(address) ?? [])
    const issue = release.board?.pages[at]
    return { number: at + 1, url: issue === undefined ? undefined : place.issueUrl(issue), customers: members }
  })
  return `${top}\n\n${renderLinks(links, toClusters(customers), ROOM - top.length - 3)}\n`
}

const MAX_TEXT = 600

function renderLead(release: ReleaseState, { customers, hasPages }: Members & { readonly hasPages: boolean }): string {
  const counts = sumOf(customers)
  const { name, version_number: version, type, release_date: date, description } = release
  const facts = [version === '' ? '' : `version ${clip(version, 120)}`, type, date === null ? '' : `due ${clip(date, 40)}`]
  const parts = [
    `## ${clip(name, 300)}`,
    facts.filter((part) => part !== '').join(' · '),
    description === '' ? '' : clip(description, MAX_TEXT),
    renderStanding(counts),
    release.status === 'active' ? renderFirstLook(customers) : '',
    renderGuide({ release, counts, hasPages, where: '' }),
    renderClusters(toClusters(customers)),
  ]
  return joinParts(parts)
}

function renderPageLead({ release, pages, place }: BoardInput, { page, customers }: Members & { readonly page: number }): string {
  const counts = sumOf(customers)
  const url = release.board === null ? undefined : place.issueUrl(release.board.issue)
  const board = url === undefined ? '' : ` · ${renderLink('the whole release', url)}`
  const where = url === undefined ? '' : ` on ${renderLink('the release’s own issue', url)}`
  const parts = [
    `## ${clip(release.name, 300)}`,
    `Page ${page} of ${pages.length}${board}`,
    renderStanding(counts),
    release.status === 'active' ? renderFirstLook(customers) : '',
    renderGuide({ release, counts, hasPages: false, where }),
  ]
  return joinParts(parts)
}

interface Boxes {
  readonly customers: readonly BoardCustomer[]
  readonly page: number
  readonly lead: string
}

function renderWithBoxes({ release, place }: BoardInput, { page, lead, customers }: Boxes): string {
  const clusters = toClusters(customers)
  const draw = (sections: readonly string[], leftOut: string | undefined): string =>
    `${boardMarker(release.slug, page)}\n${[lead, LEGEND, ...(leftOut === undefined ? [] : [`> ${leftOut}`]), ...sections].join('\n\n')}\n`
  const ways = LEVELS.map(
    (level) => () =>
      draw(
        clusters.map((cluster) => renderSection({ release, place }, cluster, level)),
        level.leftOut,
      ),
  )
  const fitting = findFitting(ways, ROOM)
  if (fitting !== undefined) return fitting
  const { sections, leftOut } = renderFirst(release, customers, ROOM - lead.length - 1_500)
  return draw(sections, leftOut)
}
