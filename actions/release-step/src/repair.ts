import { GitHubError } from '@switchyard/core'
import type { Drawing, IssueSurface, RepositoryFacts, Surfaces } from '@switchyard/github/operations'
import { checkName, isAsWritten, isSameCheck, renderCheck } from '@switchyard/releasing/render'
import { claim } from './claim.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawAll, drawingsOf, numbersOf, type Picture, pictureOf, warn } from './draw-release.ts'
import { LOST_MS } from './limits.ts'
import { makeBoard } from './make-board.ts'
import { createOver } from './owners.ts'
import { completeSurfaces } from './surfaces.ts'
import { readPicture } from './picture.ts'
import { takeUnread } from './take-unread.ts'

export interface Repairing {
  readonly slug: string
  readonly loaded: ReleaseLoaded
  readonly control: RepositoryFacts
  /** With bodies, as they are now; undefined: they were drawn on since. */
  readonly surfaces: Surfaces | undefined
}

/** Opens issues of a release that are gone, and draws whatever is not as the ledger has it. Returns how much was drawn. */
export async function repair(door: Door, { slug, loaded, control, surfaces: read }: Repairing): Promise<number> {
  const picture = pictureOf(loaded, slug)
  if (picture === undefined) return 0
  const numbers = numbersOf(picture.release)
  const seen = read ?? (await completeSurfaces(door, { numbers, known: undefined, fresh: new Map(), withBodies: true }))
  const lost = await claimLost(door, picture, seen)
  const { picture: made, fresh } = isSettled(door, picture)
    ? await makeBoard(door, { picture, loaded, surfaces: seen, lost })
    : { picture, fresh: new Map() }
  const surfaces = await completeSurfaces(door, {
    numbers: numbersOf(made.release).filter((each) => !seen.lost.has(each)),
    known: seen,
    fresh,
    withBodies: true,
  })
  const { after = made, waiting, beside } = await takeUnread(door, { picture: made, surfaces })
  const due = new Map([...surfaces.issues].filter(([number, surface]) => !waiting.includes(number) && !isBeingEdited(door, surface)))
  const drawings = drawingsOf(door, { before: undefined, after, surfaces: { ...surfaces, issues: due } })
  await drawAll(door, [...drawings, ...(await claimWords(door, { slug, beside, surfaces }))])
  return fresh.size + drawings.length + (await repairCheck(door, after, control))
}

/** Not while the run that activated it may be about to: where GitHub does not tell of runs, it could not be known. */
function isSettled(door: Door, { release: { board, activated_at: activatedAt } }: Picture): boolean {
  return board !== null || !isFresh(door, activatedAt)
}

/** Issues that this run opens anew. Those of a release that was just activated may only not be seen yet. */
async function claimLost(door: Door, { release }: Picture, { lost }: Surfaces): Promise<ReadonlySet<number>> {
  if (release.status !== 'active' || lost.size === 0 || isFresh(door, release.activated_at)) return new Set()
  const numbers = [...lost]
  const keyOf = (number: number): string => `open issue ${number} anew`
  const ours = await claim(door, { slug: release.slug, keys: numbers.map(keyOf), over: createOver(door) })
  return new Set(numbers.filter((number) => ours.has(keyOf(number))))
}

function isFresh({ github }: Door, at: number): boolean {
  return at > github.serverNow() - LOST_MS
}

/** Somebody changed it just now: their run is about to take it in, and draws it. */
function isBeingEdited(door: Door, { body, edited }: IssueSurface): boolean {
  return body !== undefined && edited !== undefined && !isAsWritten(body) && isFresh(door, edited.at)
}

interface Words {
  readonly slug: string
  readonly beside: readonly Drawing[]
  readonly surfaces: Surfaces
}

/** What this run is to say of edits, of several sweeps at the same time. */
async function claimWords(door: Door, { slug, beside, surfaces }: Words): Promise<readonly Drawing[]> {
  const keyOf = (drawing: Drawing): string => {
    const id = 'issueId' in drawing ? drawing.issueId : ''
    return `explain ${id} ${[...surfaces.issues.values()].find(({ nodeId }) => nodeId === id)?.edited?.at ?? 0}`
  }
  const ours = await claim(door, { slug, keys: beside.map(keyOf) })
  return beside.filter((drawing) => ours.has(keyOf(drawing)))
}

/** Returns how many were drawn. */
async function repairCheck(door: Door, picture: Picture, control: RepositoryFacts): Promise<number> {
  const { github } = door
  const { repository } = door.given.context
  const { slug, commit } = picture.release
  const headSha = commit === '' ? control.head : commit
  if (headSha === undefined) return 0
  const { drawCheckRun, findLatestCheckRun } = await import('@switchyard/github/operations')
  const wanted = { repository, headSha, name: checkName(slug) }
  try {
    const shown = await findLatestCheckRun(github, wanted)
    if (isSameCheck(renderCheck(picture), shown)) return 0
    // Others may have worked on since, and have written it.
    const check = renderCheck((await readPicture(door, slug)) ?? picture)
    if (isSameCheck(check, shown)) return 0
    const { title, summary, conclusion } = check
    await drawCheckRun(github, { ...wanted, key: slug, conclusion, title, summary }, false)
    return 1
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.status !== 404 && error.status !== 422)) throw error
    warn(door, `The check run of ${slug} could not be drawn on ${headSha}: ${error.message}`)
    return 0
  }
}
