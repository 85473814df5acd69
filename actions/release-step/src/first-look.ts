import { type BodyEdit, bodyHash, isAsWritten, isRedraw, readTicks } from '@switchyard/releasing/render'
import { createRoles, type Roles } from '@switchyard/github'
import type { Door } from './door.ts'
import { likelyOf } from './likely-boxes.ts'
import { type Observation, observe } from './observe.ts'
import type { Wish } from './wish.ts'

/** What people wait for most asks this before anything else: it is on its way while all that goes on from the answer loads. */
export interface FirstLook {
  readonly observation: Observation
  readonly roles: Roles
}

export interface FirstLookAtEdit extends FirstLook {
  readonly edit: BodyEdit
  /** Names the edit. */
  readonly key: string
}

/** A conversation, and who speaks: most often whoever wrote the comment is the one to be judged. */
export async function lookAtIssue(door: Door, { slug, named, issue, lostBefore }: Extract<Wish, { kind: 'converse' }>): Promise<FirstLook> {
  const roles = createRoles(door.github, door.given.context.repository)
  const observing = observe(door, { slug: slug ?? named, issue })
  if (lostBefore === undefined) roles.of(door.given.context.actor).catch(() => undefined)
  return { roles, observation: await observing }
}

const NOTHING: BodyEdit = { flips: [], isOfOtherDrawing: false, isOtherwiseChanged: false }

/** What was edited, on which board, and all that is needed to record it: one request, beside that for the editor's role. */
export async function lookAtEdit(door: Door, wish: Extract<Wish, { kind: 'ticks' }>): Promise<FirstLookAtEdit> {
  const { slug, issue, from, to, sender } = wish
  const roles = createRoles(door.github, door.given.context.repository)
  const edit = isRedraw(from, to) ? NOTHING : readTicks(from, to)
  // The same click may come again from the same body within a second: an event has a run of its own, and its repetition the same.
  const key = `tick ${issue} ${bodyHash(from)} ${bodyHash(to)} ${sender} run ${door.given.context.run.id}`
  // With a person's token the toolkit's own redraw may look like that person's untick.
  const asksViewer = edit.flips.length > 0 && isAsWritten(to)
  const observing = observe(door, { slug, surface: issue, asksViewer, likely: likelyOf(slug, key, edit.flips) })
  if (edit.flips.length > 0) roles.of(sender).catch(() => undefined)
  const observation = await observing
  return { edit: observation.viewer === sender ? NOTHING : edit, key, observation, roles }
}
