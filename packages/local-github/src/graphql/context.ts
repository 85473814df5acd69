import type { TokenViewer } from '../auth/viewer.ts'
import type { GitStore } from '../git/types.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Cost } from './cost.ts'

export interface Standing {
  readonly limit: number
  readonly remaining: number
  readonly used: number
  /** Seconds since 1970. */
  readonly reset: number
}

/** What every resolver of one request works with. */
export interface GraphqlContext {
  readonly world: World
  readonly viewer: TokenViewer
  readonly cost: Cost
  readonly standing: Standing
  /** The repository's git as this request sees it. */
  git(repository: Repository): GitStore
}
