import type { Clock } from './clock.ts'
import type { EventBus } from './events.ts'
import type { GitStores } from '../git/stores.ts'
import type { WorldState } from './state.ts'

/** Where this GitHub answers; without trailing slashes. */
export interface Urls {
  readonly api: string
  readonly graphql: string
  readonly server: string
}

/** What every rule of the world works on. */
export interface WorldContext {
  readonly state: WorldState
  readonly clock: Clock
  readonly stores: GitStores
  readonly events: EventBus
  readonly urls: Urls
}

export function takeId(context: WorldContext): number {
  const id = context.state.nextId
  context.state.nextId += 1
  return id
}
