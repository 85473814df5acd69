import type { CommandFaultCode } from '../fault.ts'
import type { ArgumentResult } from './bound.ts'

/** A fault whose line is known to whoever asked; so is its column, unless it says another. */
export interface Said {
  readonly code: CommandFaultCode
  readonly message: string
  readonly hint: string
  readonly column?: number
}

/** What became of the words of one argument. */
export type Taken = { readonly value: ArgumentResult } | { readonly faults: readonly Said[] }
