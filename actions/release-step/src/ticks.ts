import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import { bodyHash, chooseTicks, isDone, isRedraw, readTicks, type Tick } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import { drawRelease, numbersOf, pictureOf } from './draw-release.ts'
import { observe } from './observe.ts'
import { createRoles } from './roles.ts'
import type { Spec } from './run.ts'
import { summarise } from './summarise.ts'
import { completeSurfaces } from './surfaces.ts'
import { explainTo, likelyOf, nameBoxes, takeBoxes } from './take-boxes.ts'
import type { Wish } from './wish.ts'

type TickWish = Extract<Wish, { kind: 'ticks' }>

const NOTHING = { flips: [], isOfOtherDrawing: false, isOtherwiseChanged: false }

/**
 * Boxes that somebody ticked are done, those unticked reverted, in one commit; anything else that was edited is put back and
 * explained. A redraw may have changed the board since: what counts is the difference between the event's own two texts.
 */
export async function takeTicks(door: Door, wish: TickWish): Promise<Outcome<Spec>> {
  const { slug, issue, from, to, sender } = wish
  const { context } = door.given
  const edit = isRedraw(from, to) ? NOTHING : readTicks(from, to)
  const roles = createRoles(door)
  if (edit.flips.length > 0) roles.of(sender).catch(() => undefined)
  // The same click may come again from the same body within a second: an event has a run of its own, and its repetition the same.
  const key = `tick ${issue} ${bodyHash(from)} ${bodyHash(to)} ${sender} run ${context.run.id}`
  const observation = await observe(door, { slug, surface: issue, likely: likelyOf(slug, key, edit.flips) })
  const { loaded: known, control } = observation
  const before = pictureOf(known, slug)
  if (before === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `The board of issue #${issue} is of the release ${slug}, which the ledger does not have.`, {
      hint: 'Check `ledger-branch` and `ledger-repository`.',
    })
  }
  const { taken: ticks, left } = chooseTicks(edit, (tick) => isDone(before.matrix, tick))
  // Looked up beside the commit: a board without pages is known already.
  const reading = completeSurfaces(door, {
    numbers: numbersOf(before.release),
    known: observation.surfaces,
    fresh: new Map(),
    withBodies: false,
  })
  reading.catch(() => undefined)
  const taken = await takeBoxes(door, {
    slug,
    ticks,
    by: sender,
    key,
    edited: { at: wish.editedAt ?? door.connection.serverNow(), run: context.run.id },
    observation,
    roles,
  })
  const loaded = taken.loaded ?? known
  const surfaces = await reading.catch(() => undefined)
  const said = [
    ...taken.refused.map(({ text }) => text),
    ...(edit.isOtherwiseChanged ? [PUT_BACK] : []),
    ...(left.length > 0 ? [explainLeft(left)] : []),
  ]
  const beside = explainTo(sender, surfaces?.issues.get(issue), said)
  const { board } = await drawRelease(door, {
    slug,
    loaded,
    control,
    // Where the issue could not be looked at, it is looked at again, as it stands.
    before: surfaces === undefined ? undefined : before,
    surfaces,
    beside,
  })
  return summarise({ slug, loaded, changes: taken.changes, refused: taken.refused.map(({ refused }) => refused), isDryRun: false, board })
}

const PUT_BACK =
  'Only boxes are taken from an edit of the board: everything else was put back. Write commands in a comment; `/help` lists them.'

function explainLeft(left: readonly Tick[]): string {
  return `The board changed while you edited it, so that it could not be told which boxes you meant. Nothing was done with ${nameBoxes(left)}: look at the board, and click again.`
}
