import type { Decider } from '@switchyard/core'
import type { Ledger } from './ledger.ts'
import type { Loaded } from './loaded.ts'

/** The ledger of a capability, by its decider. */
export type LedgerOf<D> =
  D extends Decider<infer State, infer Command, infer Event, infer Eff, infer Answer, infer Index>
    ? Ledger<State, Command, Event, Eff, Answer, Index>
    : never

/** What is read of it. */
export type LoadedOf<D> =
  D extends Decider<infer State, infer _Command, infer _Event, infer Eff, infer _Answer, infer Index>
    ? Loaded<State, Eff, Index, unknown>
    : never
