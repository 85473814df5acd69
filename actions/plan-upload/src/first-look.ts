import { createRoles, type Roles } from '@switchyard/github'
import { findNamedPath } from './command-path.ts'
import type { Door } from './door.ts'
import { type Observation, observe } from './observe.ts'
import type { Wish } from './wish.ts'

/** What people wait for most asks this before anything else: it is on its way while all that goes on from the answer loads. */
export interface FirstLook {
  readonly observation: Observation
  readonly roles: Roles
}

/** A conversation, and who speaks: most often whoever wrote the comment is the one to be judged. */
export async function lookFirst(door: Door, { issue, comment }: Extract<Wish, { kind: 'converse' }>): Promise<FirstLook> {
  const { context } = door.given
  const roles = createRoles(door.github, context.repository)
  const path = findNamedPath(context.payload)
  const observing = observe(door, { issue, files: path === undefined ? [] : [path], keys: [commandKey(issue, { comment, index: 0 })] })
  roles.of(context.actor).catch(() => undefined)
  return { roles, observation: await observing }
}

/** Names what one command of a comment asks, for ever: it is carried out once, whichever run finds it. */
export function commandKey(issue: number, { comment, index }: { readonly comment: number; readonly index: number }): string {
  return `issue ${issue} comment ${comment} ${index}`
}
