import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import { chooseTicks, isDone, type Tick } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import { drawRelease, numbersOf, pictureOf } from './draw-release.ts'
import type { FirstLookAtEdit } from './first-look.ts'
import type { Spec } from './inputs.ts'
import { summarise } from './summarise.ts'
import { completeSurfaces } from './surfaces.ts'
import { explainTo, isExplained, nameBoxes, takeBoxes } from './take-boxes.ts'
import type { Wish } from './wish.ts'

type TickWish = Extract<Wish, { kind: 'ticks' }>

/**
 * Boxes that somebody ticked are done, those unticked reverted, in one commit; anything else that was edited is put back and
 * explained. A redraw may have changed the board since: what counts is the difference between the event's own two texts.
 */
export async function takeTicks(door: Door, wish: TickWish, { edit, key, observation, roles }: FirstLookAtEdit): Promise<Outcome<Spec>> {
  const { slug, issue, sender } = wish
  const before = pictureOf(observation.loaded, slug)
  if (before === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `The board of issue #${issue} is of the release ${slug}, which the ledger does not have.`, {
      hint: 'Check `ledger-branch` and `ledger-repository`.',
    })
  }
  // Anybody may open an issue that looks like a board: only those that the release made are asked.
  if (!numbersOf(before.release).includes(issue)) {
    return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: `Issue #${issue} is no board of ${slug}.`, result: {} }
  }
  const { taken: ticks, left } = chooseTicks(edit, (tick) => isDone(before.matrix, tick))
  // Looked up beside the commit: a board without pages is known already.
  const numbers = numbersOf(before.release)
  const reading = completeSurfaces(door, { numbers, known: observation.surfaces, fresh: new Map(), withBodies: false })
  reading.catch(() => undefined)
  const edited = { at: wish.editedAt ?? door.connection.serverNow(), run: door.given.context.run.id }
  const { refused, changes, ...taken } = await takeBoxes(door, { slug, ticks, by: sender, key, edited, observation, roles })
  const loaded = taken.loaded ?? observation.loaded
  const surfaces = await reading.catch(() => undefined)
  const said = [
    ...refused.map(({ text }) => text),
    ...(edit.isOtherwiseChanged ? [PUT_BACK] : []),
    ...(left.length > 0 ? [explainLeft(left)] : []),
  ]
  const { dryRun: isDryRun } = door.given.inputs
  const isTold = said.length === 0 || (await isExplained(door, issue, key))
  // Nothing was recorded: the board stays as it was clicked.
  const { board } = isDryRun
    ? NOT_DRAWN
    : await drawRelease(door, {
        slug,
        loaded,
        control: observation.control,
        // Where the issue could not be looked at, it is looked at again, as it stands.
        before: surfaces === undefined ? undefined : before,
        surfaces,
        beside: isTold ? [] : explainTo({ login: sender, surface: surfaces?.issues.get(issue), said, key }),
      })
  return summarise({ slug, loaded, changes, refused: refused.map((each) => each.refused), isDryRun, board })
}

const NOT_DRAWN = { board: undefined }

const PUT_BACK =
  'Only boxes are taken from an edit of the board: everything else was put back. Write commands in a comment; `/help` lists them.'

function explainLeft(left: readonly Tick[]): string {
  return `The board changed while you edited it, so that it could not be told which boxes you meant. Nothing was done with ${nameBoxes(left)}: look at the board, and click again.`
}
