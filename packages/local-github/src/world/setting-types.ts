import type { Moment } from './types.ts'

/** A secret or a variable. Names are upper case, as GitHub keeps them. */
export interface Setting {
  readonly kind: 'secret' | 'variable'
  readonly scope: 'organization' | 'repository' | 'environment'
  /** The organisation's or the repository's id. */
  readonly ownerId: number
  readonly environment: string | undefined
  readonly name: string
  /** Undefined for a secret: its value is kept elsewhere. */
  readonly value: string | undefined
  readonly updatedAt: Moment
}
