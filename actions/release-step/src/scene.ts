import type { Inventory, ReleaseFile, ReleaseState } from '@switchyard/releasing'

/** What commands are read against. */
export interface Scene {
  readonly slug: string
  readonly release: ReleaseState | null
  readonly inventory: Inventory
  /** The release's file, read where a command needs it. */
  readonly file: ReleaseFile | undefined
  readonly commit: string
}
