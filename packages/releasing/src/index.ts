// What is known before the first answer: nothing here loads yaml or zod.
export * from './model.ts'
export type * from './release/command.ts'
export { CUSTOM_PREFIX } from './release/custom-prefix.ts'
export { type ReleaseContext, type ReleaseDecider, releaseRules } from './release/decider.ts'
export { isHandled } from './release/comment-cursor.ts'
export { contentHash, isApprovedFor } from './release/decide-approval.ts'
export { findStep, NEW_CUSTOMER, type Step, stepsOf, suggestStep } from './release/find-step.ts'
export type * from './release/records/events.ts'
export type { Anchor, BoxEdit, Cell, CommentCursor, CustomerRecord, FileFacts, ReleaseFacts, StepText } from './release/records/parts.ts'
export type { CustomerState, ReleaseIndex, ReleaseState, State } from './release/records/state.ts'
export {
  rejectArchived,
  rejectDone,
  rejectDraft,
  REJECTIONS,
  rejectOutsider,
  type RejectionCode,
  rejectUnknownStep,
} from './release/reject.ts'
export * from './release/subjects.ts'
export { historyDocument, parseHistory } from './release/views/history.ts'
export { type CustomerRow, type Matrix, matrixDocument, parseMatrix } from './release/views/matrix-document.ts'
export { addCounts, type Counts, countRow, NO_COUNTS, wholePercent } from './release/views/progress.ts'
export { findArchivedSince, RELEASES_DOCUMENT } from './release/views/releases.ts'
