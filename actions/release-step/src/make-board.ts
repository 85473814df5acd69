import type { IssueSurface, IssueWanted, OwnIssues, Surfaces } from '@switchyard/github/operations'
import { releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { findBoardMarker, pagesOf, renderBoardIssue, renderBoardTitle, renderPage } from '@switchyard/releasing/render'
import type { BoundStep } from './bound.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { createOver, isThis, nameOf } from './owners.ts'
import { inputOf, type Picture } from './picture.ts'
import { claim } from './claim.ts'
import { boardKey } from './board-key.ts'
import { readSurfaces } from './surfaces.ts'
import { transact } from './transact.ts'

/** GitHub's limit of sub-issues; further pages stand alone. */
const SUB_ISSUES = 100

export interface MakeBoard {
  readonly picture: Picture
  readonly loaded: ReleaseLoaded
  /** What is known of issues already. */
  readonly surfaces: Surfaces | undefined
  /** Asked for already, beside something else. */
  readonly own?: Promise<OwnIssues> | undefined
  /** Issues that are gone, and are opened anew. */
  readonly lost?: ReadonlySet<number>
}

export interface MadeBoard {
  readonly picture: Picture
  /** Of issues that were opened, with the bodies that they were opened with. */
  readonly fresh: ReadonlyMap<number, IssueSurface>
  /** GraphQL's; undefined: it was not asked for. */
  readonly repositoryId: string | undefined
}

/** Whether a release that is worked off has fewer issues than it needs. */
function isBoardWanted({ release }: Picture, lost: ReadonlySet<number>): boolean {
  const { board, status } = release
  if (status !== 'active') return false
  return board === null || board.pages.length < pagesOf(release).length || [board.issue, ...board.pages].some((each) => lost.has(each))
}

/** Issues are opened by one run: the one that made them needed, or, once that is over, the first to say that it takes its place. */
async function mayOpen(door: Door, { release: { slug, board, opener } }: Picture, wanted: number): Promise<boolean> {
  if (board !== null && board.pages.length >= wanted) return true
  if (isThis(door, opener)) return true
  const over = createOver(door)
  if (opener !== undefined && !(await over(opener))) return false
  const after = opener === undefined ? '' : ` after ${nameOf(opener)}`
  return (await claim(door, { slug, keys: [`open ${wanted} pages of ${slug}${after}`], over })).size > 0
}

/** Whether these open issues: then what is there may be asked beside the commit. */
export function mayOpenIssues(commands: readonly BoundStep[]): boolean {
  return commands.some(({ command }) => command === 'release activate' || command === 'release add')
}

export async function findOwn({ github, given: { context } }: Door): Promise<OwnIssues> {
  const { findOwnIssues } = await import('@switchyard/github/operations')
  return findOwnIssues(github, context.repository)
}

/**
 * Opens the release's issue and its pages, as far as they are not there, and records their numbers. Issues that a run opened
 * and was killed before it recorded them are found by their marker. Where another run is at it, nothing is opened.
 */
export async function makeBoard(door: Door, { picture, loaded, surfaces, own, lost = new Set() }: MakeBoard): Promise<MadeBoard> {
  const { release } = picture
  const opens = isBoardWanted(picture, lost) && (await mayOpen(door, picture, pagesOf(release).length))
  if (!opens) return { picture, fresh: new Map(), repositoryId: undefined }
  const has = release.board
  const plan = pagesOf(release)
  const titles = [renderBoardTitle(release), ...plan.map((_, at) => renderBoardTitle(release, at + 1))]
  const { repositoryId, issues } = await (own ?? findOwn(door))
  const found = await findMarked(
    door,
    release.slug,
    issues.filter(({ title }) => titles.includes(title)).map(({ number }) => number),
  )
  const had = has === null ? [] : [has.issue, ...has.pages].map((number, page) => [page, number] as const)
  const known = new Map([...found, ...had.filter(([, number]) => !lost.has(number))])
  const opening = { door, repositoryId, titles, known }
  const first = await open(opening, known.has(0) ? [] : [{ page: 0, body: renderBoardIssue(inputOf(door, picture)), parentId: undefined }])
  const issue = known.get(0) ?? 0
  const begun = withBoard(picture, { issue, pages: [] })
  const missing = plan.map((_, at) => at + 1).filter((page) => !known.has(page))
  const parentId = missing.length === 0 ? undefined : await findId(door, issue, new Map([...(surfaces?.issues ?? []), ...first]))
  const input = inputOf(door, begun)
  const rest = await open(
    opening,
    missing.map((page) => ({ page, body: renderPage(input, page), parentId: page <= SUB_ISSUES ? parentId : undefined })),
  )
  const board = { issue, pages: plan.map((_, at) => known.get(at + 1) ?? 0) }
  await record(door, { release, loaded, board })
  return { picture: withBoard(picture, board), fresh: new Map([...first, ...rest]), repositoryId }
}

type BoardIssues = NonNullable<ReleaseState['board']>

function withBoard({ release, matrix }: Picture, board: BoardIssues): Picture {
  return { release: { ...release, board }, matrix }
}

/** By page; 0 is the board itself. */
async function findMarked(door: Door, slug: string, numbers: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (numbers.length === 0) return new Map()
  const { issues } = await readSurfaces(door, numbers, { withBodies: true })
  const marked = [...issues].flatMap(([number, { body = '' }]): readonly (readonly [number, number])[] => {
    const marker = findBoardMarker(body)
    return marker?.slug === slug ? [[marker.page, number]] : []
  })
  return new Map(marked)
}

interface Opening {
  readonly door: Door
  readonly repositoryId: string
  /** By page. */
  readonly titles: readonly string[]
  /** Numbers by page, added to as issues are opened. */
  readonly known: Map<number, number>
}

type PageWanted = Omit<IssueWanted, 'title'> & { readonly page: number }

async function open(
  { door, repositoryId, titles, known }: Opening,
  wanted: readonly PageWanted[],
): Promise<ReadonlyMap<number, IssueSurface>> {
  if (wanted.length === 0) return new Map()
  const { openIssues } = await import('@switchyard/github/operations')
  const opened = await openIssues(
    door.github,
    repositoryId,
    wanted.map(({ page, body, parentId }) => ({ title: titles[page] ?? '', body, parentId })),
  )
  return new Map(
    opened.map(({ number, nodeId, url }, at) => {
      const { page = 0, body } = wanted[at] ?? {}
      known.set(page, number)
      return [number, { nodeId, url, isOpen: true, title: titles[page], body }]
    }),
  )
}

async function findId(door: Door, issue: number, known: ReadonlyMap<number, IssueSurface>): Promise<string | undefined> {
  const surface = known.get(issue) ?? (await readSurfaces(door, [issue], { withBodies: false })).issues.get(issue)
  return surface?.nodeId
}

async function record(
  door: Door,
  { release, loaded, board }: { readonly release: ReleaseState; readonly loaded: ReleaseLoaded; readonly board: BoardIssues },
): Promise<void> {
  const { slug } = release
  await transact(
    door,
    [
      {
        requests: [
          {
            subject: releaseSubject(slug),
            idempotencyKey: boardKey(door, slug),
            command: { kind: 'board-made', issue: board.issue, pages: board.pages },
          },
        ],
      },
    ],
    { loaded, documents: [] },
  )
}
