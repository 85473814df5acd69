import type { Clock } from './clock.ts'
import type { EventBus } from './events.ts'
import type { GitStores } from '../git/stores.ts'
import type { WorldState } from './state.ts'
import type { WorkflowRun } from './types.ts'

/** Where this GitHub answers; without trailing slashes. */
export interface Urls {
  readonly api: string
  readonly graphql: string
  readonly server: string
}

/** What executes runs: it is told of each as it is queued, and of each that somebody wants to end. */
export interface RunnerPort {
  start(run: WorkflowRun): void
  cancel(run: WorkflowRun, force: boolean): void
}

/** What every rule of the world works on. */
export interface WorldContext {
  readonly state: WorldState
  readonly clock: Clock
  readonly stores: GitStores
  readonly events: EventBus
  readonly urls: Urls
  /** Undefined: nothing executes, runs stay queued. */
  readonly runner: { current: RunnerPort | undefined }
  /** Values of secrets by the key of their setting: in memory only. */
  readonly secretValues: Map<string, string>
}

export function takeId(context: WorldContext): number {
  const id = context.state.nextId
  context.state.nextId += 1
  return id
}
