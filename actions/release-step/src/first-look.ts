import type { Door } from './door.ts'
import { type Observation, observe } from './observe.ts'
import { createRoles, type Roles } from './roles.ts'
import type { Wish } from './wish.ts'

/** What people wait for most asks this before anything else: it is on its way while all that goes on from the answer loads. */
export interface FirstLook {
  readonly observation: Observation
  readonly roles: Roles
}

/** A conversation asks who speaks, too: most often whoever wrote the comment is the one to be judged. */
export async function lookFirst(door: Door, { kind, slug, issue }: Exclude<Wish, { kind: 'mode' | 'nothing' }>): Promise<FirstLook> {
  const roles = createRoles(door)
  const observing = observe(door, kind === 'converse' ? { slug, issue } : { slug })
  if (kind === 'converse') roles.of(door.given.context.actor).catch(() => undefined)
  return { roles, observation: await observing }
}
