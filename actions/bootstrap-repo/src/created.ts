import type { Run } from '@switchyard/bootstrapping'
import type { Rejection } from '@switchyard/core'

/** How a request for a run ended. */
export type Created =
  /** `isNew` false: an earlier attempt, or another run, carried this very request out. */
  | {
      readonly kind: 'run'
      readonly run: Run
      readonly isNew: boolean
      /** When its comment tells of the end. */ readonly shown: Promise<void>
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected'] }
