import { escapeMarkdown, GitHubError, inlineCode } from '@switchyard/core'
import type { Drawing, IssueSurface, RepositoryFacts, Surfaces } from '@switchyard/github/operations'
import { bodyHash, checkName, isAsWritten, isSameCheck, readTicks, renderCheck, type Tick } from '@switchyard/releasing/render'
import { claim } from './claim.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawAll, drawingsOf, numbersOf, type Picture, pictureOf, warn } from './draw-release.ts'
import { LOST_MS } from './limits.ts'
import { makeBoard } from './make-board.ts'
import { createOver } from './owners.ts'
import { completeSurfaces } from './surfaces.ts'

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
  const { picture: made, fresh } = await makeBoard(door, { picture, loaded, surfaces: seen, lost })
  const surfaces = await completeSurfaces(door, {
    numbers: numbersOf(made.release).filter((each) => !seen.lost.has(each)),
    known: seen,
    fresh,
    withBodies: true,
  })
  const due = new Map([...surfaces.issues].filter(([, surface]) => !isBeingEdited(door, surface)))
  const drawings = drawingsOf(door, { before: undefined, after: made, surfaces: { ...surfaces, issues: due } })
  await drawAll(door, [...drawings, ...(await explanations(door, { slug, drawings, surfaces: due }))])
  return fresh.size + drawings.length + (await repairCheck(door, made, control))
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
function isBeingEdited(door: Door, { body, updatedAt }: IssueSurface): boolean {
  return body !== undefined && updatedAt !== undefined && !isAsWritten(body) && isFresh(door, Date.parse(updatedAt))
}

interface Explaining {
  readonly slug: string
  readonly drawings: readonly Drawing[]
  /** As they were before they are drawn. */
  readonly surfaces: Surfaces['issues']
}

/** Whoever ticked a box that no run took in hears, once, that it counts for nothing. */
async function explanations(door: Door, { slug, drawings, surfaces }: Explaining): Promise<readonly Drawing[]> {
  const wanted = drawings.flatMap((drawing) => {
    if (drawing.kind !== 'issue-body') return []
    const { issueId, body } = drawing
    const was = [...surfaces.values()].find(({ nodeId }) => nodeId === issueId)
    const ticks = was?.body === undefined || isAsWritten(was.body) ? [] : readTicks(body, was.body).ticks
    return ticks.length === 0 ? [] : [{ issueId, ticks, key: `explain ${issueId} ${was?.updatedAt ?? ''} ${bodyHash(was?.body ?? '')}` }]
  })
  if (wanted.length === 0) return []
  const ours = await claim(door, { slug, keys: wanted.map(({ key }) => key) })
  return wanted.flatMap(({ issueId, ticks, key }) =>
    ours.has(key) ? [{ kind: 'comment' as const, issueId, body: renderLost(ticks) }] : [],
  )
}

const MAX_LINES = 50

function renderLost(ticks: readonly Tick[]): string {
  return [
    '<!-- switchyard:release ticks -->',
    'No run took in how this board was edited. It was put back to what is recorded:\n',
    ...ticks.slice(0, MAX_LINES).map(describe),
    ...(ticks.length > MAX_LINES ? [`- … and ${ticks.length - MAX_LINES} more`] : []),
    '\nWhoever did this: please do it again.\n',
  ].join('\n')
}

function describe({ step, address, checked }: Tick): string {
  return `- ${inlineCode(step)} of ${inlineCode(address)} stood ${checked ? 'ticked' : 'open'}`
}

/** Returns how many were drawn. */
async function repairCheck(door: Door, picture: Picture, control: RepositoryFacts): Promise<number> {
  const { github } = door
  const { repository } = door.given.context
  const { slug, commit } = picture.release
  const headSha = commit === '' ? control.head : commit
  if (headSha === undefined) return 0
  const { drawCheckRun, findLatestCheckRun } = await import('@switchyard/github/operations')
  const { title, summary, conclusion } = renderCheck(picture)
  const wanted = { repository, headSha, name: checkName(slug) }
  try {
    const shown = await findLatestCheckRun(github, wanted)
    if (isSameCheck({ title, conclusion }, shown)) return 0
    await drawCheckRun(github, { ...wanted, key: slug, conclusion, title, summary }, false)
    return 1
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.status !== 404 && error.status !== 422)) throw error
    warn(door, `The check run of ${slug} could not be drawn on ${headSha}: ${escapeMarkdown(error.message)}`)
    return 0
  }
}
