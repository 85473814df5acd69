import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import { type BodyEdit, bodyHash, chooseTicks, isAsWritten, isDone, isRedraw, readTicks, type Tick } from '@switchyard/releasing/render'
import type { Door } from './door.ts'
import { drawRelease, numbersOf, type Picture, pictureOf } from './draw-release.ts'
import { type Observation, observe } from './observe.ts'
import { createRoles, type Roles } from './roles.ts'
import type { Spec } from './inputs.ts'
import { summarise } from './summarise.ts'
import { completeSurfaces } from './surfaces.ts'
import { explainTo, likelyOf, nameBoxes, takeBoxes } from './take-boxes.ts'
import type { Wish } from './wish.ts'

type TickWish = Extract<Wish, { kind: 'ticks' }>

const NOTHING: BodyEdit = { flips: [], isOfOtherDrawing: false, isOtherwiseChanged: false }

/**
 * Boxes that somebody ticked are done, those unticked reverted, in one commit; anything else that was edited is put back and
 * explained. A redraw may have changed the board since: what counts is the difference between the event's own two texts.
 */
export async function takeTicks(door: Door, wish: TickWish): Promise<Outcome<Spec>> {
  const { slug, issue, sender } = wish
  const roles = createRoles(door)
  const seen = await look(door, wish, roles)
  const { edit, key, before, observation } = seen
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
  const drawing = isDryRun
    ? undefined
    : drawRelease(door, {
        slug,
        loaded,
        control: observation.control,
        // Where the issue could not be looked at, it is looked at again, as it stands.
        before: surfaces === undefined ? undefined : before,
        surfaces,
        beside: explainTo(sender, surfaces?.issues.get(issue), said),
      })
  const board = (await drawing)?.board
  return summarise({ slug, loaded, changes, refused: refused.map((each) => each.refused), isDryRun, board })
}

interface Seen {
  readonly edit: BodyEdit
  /** Names the edit. */
  readonly key: string
  readonly before: Picture
  readonly observation: Observation
}

/** What was edited, on which board, and all that is needed to record it: one request, beside that for the editor's role. */
async function look(door: Door, { slug, issue, from, to, sender }: TickWish, roles: Roles): Promise<Seen> {
  const edit = isRedraw(from, to) ? NOTHING : readTicks(from, to)
  if (edit.flips.length > 0) roles.of(sender).catch(() => undefined)
  // The same click may come again from the same body within a second: an event has a run of its own, and its repetition the same.
  const key = `tick ${issue} ${bodyHash(from)} ${bodyHash(to)} ${sender} run ${door.given.context.run.id}`
  // With a person's token the toolkit's own redraw may look like that person's untick.
  const asksViewer = edit.flips.length > 0 && isAsWritten(to)
  const observation = await observe(door, { slug, surface: issue, asksViewer, likely: likelyOf(slug, key, edit.flips) })
  const before = pictureOf(observation.loaded, slug)
  if (before === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `The board of issue #${issue} is of the release ${slug}, which the ledger does not have.`, {
      hint: 'Check `ledger-branch` and `ledger-repository`.',
    })
  }
  return { edit: observation.viewer === sender ? NOTHING : edit, key, before, observation }
}

const PUT_BACK =
  'Only boxes are taken from an edit of the board: everything else was put back. Write commands in a comment; `/help` lists them.'

function explainLeft(left: readonly Tick[]): string {
  return `The board changed while you edited it, so that it could not be told which boxes you meant. Nothing was done with ${nameBoxes(left)}: look at the board, and click again.`
}
