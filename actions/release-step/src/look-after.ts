import type { Outcome } from '@switchyard/action'
import { GitHubError, slicesOf, toSwitchyardError, UserError } from '@switchyard/core'
import { selectConversation, selectSurfaces } from '@switchyard/github'
import type { IssueConversation, RepositoryFacts, Surfaces } from '@switchyard/github/operations'
import { matrixDocument, releaseSubject } from '@switchyard/releasing'
import type { Refused } from '@switchyard/releasing/render'
import { converse } from './converse.ts'
import { lookAtIssue } from './first-look.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawingsOf, numbersOf, type Picture, pictureOf } from './draw-release.ts'
import { LOST_MS } from './limits.ts'
import { loseRuns } from './lose-runs.ts'
import { repair } from './repair.ts'
import type { Spec } from './inputs.ts'
import { findWaiting } from './waiting.ts'

/** What a sweep did for one release, or on one issue. */
export interface Cared {
  /** Issues on which commands had waited. */
  readonly answered: number
  /** Copies of steps that those changed. */
  readonly changes: number
  /** As the last of them left it; undefined: nothing waited. */
  readonly percent: string | undefined
  /** Bodies and check runs. */
  readonly redrawn: number
  readonly trouble: Refused | undefined
}

const NOTHING: Cared = { answered: 0, changes: 0, percent: undefined, redrawn: 0, trouble: undefined }

export interface Charge {
  readonly slug: string
  readonly loaded: ReleaseLoaded
  readonly control: RepositoryFacts
}

/** Answers what waits on a release's issues, and draws what differs. Writes nothing where all is well. */
export async function lookAfter(door: Door, { slug, loaded, control }: Charge): Promise<Cared> {
  return caring(slug, async () => {
    const picture = pictureOf(loaded, slug)
    if (picture === undefined) return NOTHING
    const { surfaces, conversations } = await readIssues(door, numbersOf(picture.release))
    const waiting = [...conversations].flatMap(([issue, conversation]) =>
      findWaiting(conversation).some(({ comment }) => isLost(door, comment.createdAt)) ? [issue] : [],
    )
    let told = NOTHING
    for (const issue of waiting) told = addUp(told, await answer(door, { issue, slug }))
    const isLosing = await loseRuns(door, picture)
    // What differs, or waited, may have been drawn by a run that is further on: nothing is drawn from what was read a while ago.
    const isMoved = waiting.length > 0 || isLosing
    const isSound = !isMoved && surfaces.lost.size === 0 && isDrawn(door, picture, surfaces)
    const now = isSound ? loaded : await reload(door, slug)
    const redrawn = await repair(door, { slug, loaded: now, control, surfaces: isMoved ? undefined : surfaces })
    return { ...told, redrawn }
  })
}

function isDrawn(door: Door, picture: Picture, surfaces: Surfaces): boolean {
  return drawingsOf(door, { before: undefined, after: picture, surfaces }).length === 0
}

/** What was written later has a run of its own on its way, most likely. */
export function isLost({ github }: Door, writtenAt: string): boolean {
  return Date.parse(writtenAt) <= github.serverNow() - LOST_MS
}

/** Carries out and answers what waits on an issue. */
export async function answer(door: Door, { issue, slug }: { readonly issue: number; readonly slug: string | undefined }): Promise<Cared> {
  const wish = { kind: 'converse', issue, slug, lostBefore: door.github.serverNow() - LOST_MS } as const
  return toCared(await converse(door, wish, await lookAtIssue(door, wish)))
}

/** Does it, and keeps what stands against it for the end of the run. Bugs are thrown. */
export async function caring(what: string, act: () => Promise<Cared>): Promise<Cared> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof GitHubError)) throw error
    const { code, message, hint = '' } = toSwitchyardError(error)
    return { ...NOTHING, trouble: { command: what, rejected: { code, message: `${what} could not be looked after: ${message}`, hint } } }
  }
}

function toCared({ reasonCode, outputs }: Outcome<Spec>): Cared {
  if (reasonCode === 'nothing-new') return NOTHING
  return {
    ...NOTHING,
    answered: 1,
    changes: Number(outputs?.changes ?? 0),
    percent: typeof outputs?.percent === 'string' ? outputs.percent : undefined,
  }
}

function addUp(before: Cared, now: Cared): Cared {
  return {
    ...before,
    answered: before.answered + now.answered,
    changes: before.changes + now.changes,
    percent: now.percent ?? before.percent,
  }
}

function reload({ ledger }: Door, slug: string): Promise<ReleaseLoaded> {
  return ledger.load({ subjects: [releaseSubject(slug)], idempotencyKeys: [], documents: [matrixDocument(slug)] })
}

interface ReadIssues {
  readonly surfaces: Surfaces
  readonly conversations: ReadonlyMap<number, IssueConversation>
}

/** Issues of one request: each may have a body and a hundred comments of 65,536 characters. */
const PER_REQUEST = 8

/** The bodies of issues and what was said on them. */
async function readIssues({ github, given: { context } }: Door, numbers: readonly number[]): Promise<ReadIssues> {
  const { owner, name, fullName } = context.repository
  const { parseConversation, parseSurfaces } = await import('@switchyard/github/operations')
  const parts = await Promise.all(
    slicesOf(numbers, PER_REQUEST).map(async (some) => {
      const [answered, ...said] = await github.select([
        selectSurfaces('surfaces', { owner, name, numbers: some, withBodies: true }),
        ...some.map((number) => selectConversation(`said${number}`, { owner, name, number })),
      ])
      const surfaces = parseSurfaces(answered)
      if (surfaces === undefined) {
        throw new UserError('ISSUE_NOT_FOUND', `The token cannot read the issues of ${fullName}.`, {
          hint: 'Give the job the permission `issues: write`.',
        })
      }
      return { surfaces, said: said.flatMap((raw) => parseConversation(raw) ?? []) }
    }),
  )
  return {
    surfaces: {
      repositoryId: parts[0]?.surfaces.repositoryId ?? '',
      issues: new Map(parts.flatMap(({ surfaces }) => [...surfaces.issues])),
      lost: new Set(parts.flatMap(({ surfaces }) => [...surfaces.lost])),
    },
    conversations: new Map(parts.flatMap(({ said }) => said.map((each) => [each.number, each] as const))),
  }
}
