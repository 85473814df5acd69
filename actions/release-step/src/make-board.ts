import { addressOf, releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { findBoardMarker, planPages, renderBoardIssue, renderBoardTitle, renderPage } from '@switchyard/releasing/render'
import type { Door, ReleaseLoaded } from './door.ts'
import { inputOf, type Picture } from './draw-release.ts'
import { readSurfaces } from './surfaces.ts'
import { transact } from './transact.ts'

/** GitHub's limit of sub-issues; further pages stand alone. */
const SUB_ISSUES = 100

/**
 * Opens the release's issue and its pages, as far as they are not there, and records their numbers. Issues that a run opened
 * and was killed before it recorded them are found by their marker.
 */
export async function makeBoard(door: Door, picture: Picture, loaded: ReleaseLoaded): Promise<Picture> {
  const { release } = picture
  const plan = planPages({ customers: release.customers.map(addressOf), steps: release.steps.length })
  const has = release.board
  if (release.status !== 'active' || (has !== null && has.pages.length >= plan.length)) return picture
  const { findOwnIssues } = await import('@switchyard/github/operations')
  const titles = [renderBoardTitle(release), ...plan.map((_, at) => renderBoardTitle(release, at + 1))]
  const { repositoryId, numbers } = await findOwnIssues(door.github, door.given.context.repository, new Set(titles))
  const found = numbers.length === 0 ? new Map<number, number>() : await findMarked(door, release.slug, numbers)
  const issue = has?.issue ?? found.get(0) ?? (await openBoard(door, { picture, repositoryId, title: titles[0] ?? '' }))
  const known = [...(has?.pages ?? [])]
  for (let page = known.length + 1; found.has(page); page += 1) known.push(found.get(page) ?? 0)
  const pages = [...known, ...(await openPages(door, { picture: withBoard(picture, { issue, pages: known }), repositoryId, from: known.length, titles: titles.slice(1) }))]
  await record(door, { release, loaded, board: { issue, pages } })
  return withBoard(picture, { issue, pages })
}

type BoardIssues = NonNullable<ReleaseState['board']>

function withBoard({ release, matrix }: Picture, board: BoardIssues): Picture {
  return { release: { ...release, board }, matrix }
}

async function findMarked(door: Door, slug: string, numbers: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { issues } = await readSurfaces(door, numbers, { withBodies: true })
  const marked = [...issues].flatMap(([number, { body = '' }]): readonly (readonly [number, number])[] => {
    const marker = findBoardMarker(body)
    return marker?.slug === slug ? [[marker.page, number]] : []
  })
  return new Map(marked)
}

interface Opening {
  readonly picture: Picture
  readonly repositoryId: string
}

async function openBoard(door: Door, { picture, repositoryId, title }: Opening & { readonly title: string }): Promise<number> {
  const { openIssues } = await import('@switchyard/github/operations')
  const [opened] = await openIssues(door.github, repositoryId, [{ title, body: renderBoardIssue(inputOf(door, picture)) }])
  if (opened === undefined) throw new RangeError('An issue was wanted')
  return opened.number
}

async function openPages(door: Door, { picture, repositoryId, from, titles }: Opening & { readonly from: number; readonly titles: readonly string[] }): Promise<readonly number[]> {
  const input = inputOf(door, picture)
  const missing = input.pages.map((_, at) => at + 1).filter((page) => page > from)
  if (missing.length === 0) return []
  const { openIssues } = await import('@switchyard/github/operations')
  const { issues } = await readSurfaces(door, [picture.release.board?.issue ?? 0], { withBodies: false })
  const parentId = [...issues.values()][0]?.nodeId
  const wanted = missing.map((page) => ({ title: titles[page - 1] ?? '', body: renderPage(input, page), parentId: page <= SUB_ISSUES ? parentId : undefined }))
  return (await openIssues(door.github, repositoryId, wanted)).map(({ number }) => number)
}

async function record(door: Door, { release, loaded, board }: { readonly release: ReleaseState; readonly loaded: ReleaseLoaded; readonly board: BoardIssues }): Promise<void> {
  const subject = releaseSubject(release.slug)
  const { run } = door.given.context
  const idempotencyKey = `board ${release.slug} ${board.issue} ${board.pages.join(' ')} run ${run.id} ${run.attempt}`
  await transact(door, [{ requests: [{ subject, idempotencyKey, command: { kind: 'board-made', issue: board.issue, pages: board.pages } }] }], { loaded, documents: [] })
}
