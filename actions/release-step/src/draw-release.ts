import { toSwitchyardError } from '@switchyard/core'
import type { Drawing, OwnIssues, RepositoryFacts, Surfaces } from '@switchyard/github/operations'
import type { ReleaseState } from '@switchyard/releasing'
import { type BoardInput, checkName, renderBoardIssue, renderBoardTitle, renderCheck, renderPage } from '@switchyard/releasing/render'
import type { Door, ReleaseLoaded } from './door.ts'
import { stateOf } from './issue-state.ts'
import { makeBoard } from './make-board.ts'
import { inputOf, type Picture, pictureOf } from './picture.ts'
import { completeSurfaces } from './surfaces.ts'

export { type Picture, pictureOf } from './picture.ts'

export interface DrawRelease {
  readonly slug: string
  readonly loaded: ReleaseLoaded
  readonly control: RepositoryFacts
  /** Asked for already, beside something else. */
  readonly own?: Promise<OwnIssues> | undefined
  /** What was drawn last; left out: what stands on GitHub tells. */
  readonly before?: Picture | undefined
  /** What is known of issues already. */
  readonly surfaces?: Surfaces | undefined
  /** Drawn in the same breath. */
  readonly beside?: readonly Drawing[]
}

/**
 * Makes a release's issues where they are missing, and puts right whatever of board, pages and check run is not as the ledger
 * has it. Renderings: what goes wrong with them is a warning, since nothing is lost.
 */
export async function drawRelease(
  door: Door,
  { slug, loaded, control, own, before, surfaces: known, beside = [] }: DrawRelease,
): Promise<{ readonly board: string | undefined }> {
  const picture = pictureOf(loaded, slug)
  if (picture === undefined) return { board: undefined }
  try {
    const { picture: made, fresh, repositoryId } = await makeBoard(door, { picture, loaded, surfaces: known, own })
    const surfaces = await completeSurfaces(door, {
      numbers: numbersOf(made.release),
      known: known ?? (repositoryId === undefined ? undefined : { repositoryId, issues: new Map(), lost: new Set() }),
      fresh,
      withBodies: before === undefined,
    })
    await drawAll(door, [
      ...drawingsOf(door, { before, after: made, surfaces }),
      ...checkOf({ before, after: made, surfaces, control }),
      ...beside,
    ])
    return { board: surfaces.issues.get(made.release.board?.issue ?? 0)?.url }
  } catch (error) {
    warn(door, `The board of ${slug} could not be drawn: ${toSwitchyardError(error).message}`)
    return { board: undefined }
  }
}

/** The board's issue and its pages. */
export function numbersOf({ board }: ReleaseState): readonly number[] {
  return board === null ? [] : [board.issue, ...board.pages]
}

export interface Change {
  /** What was drawn last; undefined: what stands on GitHub tells. */
  readonly before: Picture | undefined
  readonly after: Picture
  readonly surfaces: Surfaces
}

/** The bodies and titles that are not as they should be: a command on one customer touches the board and that one's page. */
export function drawingsOf(door: Door, { before, after, surfaces }: Change): readonly Drawing[] {
  const { board } = after.release
  if (board === null) return []
  const now = inputOf(door, after)
  const then = before === undefined ? undefined : inputOf(door, before)
  const texts: readonly (readonly [number, (input: BoardInput) => string])[] = [
    [board.issue, renderBoardIssue],
    ...board.pages.map((issue, at) => [issue, (input: BoardInput) => renderPage(input, at + 1)] as const),
  ]
  return texts.flatMap(([number, render], at): readonly Drawing[] => {
    const surface = surfaces.issues.get(number)
    if (surface === undefined) return []
    const body = render(now)
    const title = titleOf(after, at)
    const last = surface.body ?? (then === undefined ? undefined : render(then))
    const lastTitle = surface.title ?? (before === undefined ? title : titleOf(before, at))
    return [
      ...(last === body ? [] : [{ kind: 'issue-body' as const, issueId: surface.nodeId, body }, ...stateOf(after, { number, surface })]),
      ...(lastTitle === title ? [] : [{ kind: 'issue-title' as const, issueId: surface.nodeId, title }]),
    ]
  })
}

/** Page 0 is the board itself. */
function titleOf({ release }: Picture, page: number): string {
  return renderBoardTitle(release, page === 0 ? undefined : page)
}

/** The check run on the release's commit, when its whole per cent is another than before. */
export function checkOf({ before, after, surfaces, control }: Change & { readonly control: RepositoryFacts }): readonly Drawing[] {
  const check = renderCheck(after)
  const last = before === undefined ? undefined : renderCheck(before)
  const headSha = after.release.commit === '' ? control.head : after.release.commit
  if (headSha === undefined || (last?.percent === check.percent && last.conclusion === check.conclusion)) return []
  return [
    {
      kind: 'check-run',
      repositoryId: surfaces.repositoryId,
      headSha,
      name: checkName(after.release.slug),
      externalId: after.release.slug,
      conclusion: CONCLUSIONS[check.conclusion],
      title: check.title,
      summary: check.summary,
    },
  ]
}

const CONCLUSIONS = { action_required: 'ACTION_REQUIRED', success: 'SUCCESS', neutral: 'NEUTRAL' } as const

/** Draws, and warns of each that GitHub refused. Returns those. */
export async function drawAll(door: Door, drawings: readonly Drawing[]): Promise<ReadonlySet<Drawing>> {
  if (drawings.length === 0) return new Set()
  const { drawTogether } = await import('@switchyard/github/operations')
  const drawn = await drawTogether(door.github, drawings)
  for (const [at, refused] of drawn.entries()) {
    if (refused !== undefined) warn(door, `${NAMES[drawings[at]?.kind ?? 'comment']} could not be written: ${refused}`)
  }
  return new Set(drawings.filter((_, at) => drawn[at] !== undefined))
}

const NAMES = {
  'issue-body': 'A board',
  'issue-title': 'A board’s title',
  'issue-state': 'Whether a board is open',
  comment: 'An answer',
  'comment-body': 'An answer’s new text',
  'comment-deleted': 'The removal of an answer',
  'sub-issue': 'A board’s place',
  'no-sub-issue': 'A board’s place',
  reaction: 'A reaction',
  'check-run': 'The check run',
} as const satisfies Record<Drawing['kind'], string>

export function warn({ given: { io } }: Door, message: string): void {
  io.annotate({ level: 'warning', message })
}
