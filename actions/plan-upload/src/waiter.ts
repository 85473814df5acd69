import { isOwnerOf } from '@switchyard/planning'
import type { Waiter } from '@switchyard/planning/render'
import type { Scene } from './scene.ts'

/** Whoever brought a plan that they may not have taken, as they are told of. */
export function waiterOf({ issue, asker: { login } }: Pick<Scene, 'issue' | 'asker'>): Waiter {
  return { by: login, isOwner: isOwnerOf(issue, login) }
}
