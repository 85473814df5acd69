import type { Drawing, IssueSurface, Surfaces } from '@switchyard/github/operations'
import { bodyHash, findFlipped, isDone, type Tick } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import { numbersOf, type Picture, pictureOf } from './draw-release.ts'
import { LOST_MS } from './limits.ts'
import { observe } from './observe.ts'
import { createRoles } from '@switchyard/github'
import { explainTo, nameBoxes, takeBoxes } from './take-boxes.ts'

export interface Looking {
  readonly picture: Picture
  /** With bodies. */
  readonly surfaces: Surfaces
}

export interface Unread {
  /** undefined: nothing was recorded. */
  readonly after: Picture | undefined
  /** Issues that are left as they are: the run of their last edit may be on its way. */
  readonly waiting: readonly number[]
  readonly beside: readonly Drawing[]
}

/**
 * Boxes that people clicked and no run recorded, since it was lost. One box is the last editor's, and is taken; of several it cannot
 * be told who clicked which: they are put back, and the last editor is asked to click again.
 */
export async function takeUnread(door: Door, { picture, surfaces }: Looking): Promise<Unread> {
  let after: Picture | undefined
  const waiting: number[] = []
  const beside: Drawing[] = []
  for (const issue of numbersOf(picture.release)) {
    const surface = surfaces.issues.get(issue)
    const now = after ?? picture
    const ticks = findFlipped(surface?.body ?? '').filter((tick) => tick.checked !== isDone(now.matrix, tick))
    if (ticks.length === 0 || surface?.edited === undefined) continue
    if (door.connection.serverNow() - surface.edited.at < LOST_MS) {
      waiting.push(issue)
      continue
    }
    const taken = await takeOne(door, { slug: picture.release.slug, issue, surface, edited: surface.edited, ticks })
    after = taken.after ?? after
    beside.push(...explainTo({ login: surface.edited.by, surface, said: taken.said, key: `unread ${issue} ${surface.edited.at}` }))
  }
  return { after, waiting, beside }
}

interface Lost {
  readonly slug: string
  readonly issue: number
  readonly surface: IssueSurface
  readonly edited: NonNullable<IssueSurface['edited']>
  readonly ticks: readonly Tick[]
}

async function takeOne(
  door: Door,
  { slug, issue, surface, edited, ticks }: Lost,
): Promise<{ readonly after: Picture | undefined; readonly said: readonly string[] }> {
  if (ticks.length > 1) {
    return {
      after: undefined,
      said: [`The runs that were to record ${nameBoxes(ticks)} were lost, and who clicked which cannot be told. Please click again.`],
    }
  }
  const { run } = door.given.context
  const { refused, loaded } = await takeBoxes(door, {
    slug,
    ticks,
    by: edited.by,
    key: `unread ${issue} ${bodyHash(surface.body ?? '')} ${edited.at}`,
    edited: { at: edited.at, run: run.id },
    observation: await observe(door, { slug }),
    roles: createRoles(door.github, door.given.context.repository),
  })
  return { after: loaded === undefined ? undefined : pictureOf(loaded, slug), said: refused.map(({ text }) => text) }
}
