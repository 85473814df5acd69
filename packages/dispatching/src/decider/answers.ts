import type { Reason } from '../reasons.ts'
import type { CandidateRecord } from '../records/parts.ts'

/** What a dispatch's handler learned. */
export type StartAnswer =
  /** GitHub took it. `run` is null when it did not say which run it is and none could be told by its looks. */
  | { readonly kind: 'started'; readonly run: CandidateRecord | null }
  /** GitHub said no, or nothing reached it: nothing started. The reason is `translateDispatchAnswer`'s. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** The answer was lost and the target's runs do not tell. */
  | { readonly kind: 'unclear'; readonly candidates: readonly CandidateRecord[] }

/** What an issue's handler learned. */
export type IssueAnswer =
  | { readonly kind: 'written'; readonly number: number; readonly url: string }
  /** Issues are off, the token may not, or GitHub failed. `status` 0: no answer. */
  | { readonly kind: 'not-written'; readonly status: number }

export type DispatchAnswer = StartAnswer | IssueAnswer
