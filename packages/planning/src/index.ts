// What is known before the first answer: nothing here loads yaml, zod or a Markdown parser.
export * from './model.ts'
export type * from './tree/model.ts'
export * from './review/model.ts'
export type * from './idea/command.ts'
export * from './idea/status.ts'
export type { PlanDecider } from './idea/decider.ts'
export type { PlanContext, PlanDecision } from './idea/decision.ts'
export { normalizePlanText, planSha256 } from './idea/plan-text.ts'
export { isOwnerOf, REJECTIONS, type RejectionCode, rejectStranger } from './idea/reject.ts'
export { isSamePlace } from './idea/same-place.ts'
export { statusAfter } from './idea/status-after.ts'
export { ideaSubject, parseIdeaSubject } from './idea/subject.ts'
export { allowedFrom, type Asked, type Move } from './idea/transitions.ts'
export type * from './idea/records/events.ts'
export type { Failure, IssueRecord, Progress, RoundSummary, SavedPlan, TreeItem } from './idea/records/parts.ts'
export type { Converging, Idea, PlanIndex, PlanState } from './idea/records/state.ts'
export { earlyRules, logDocument, placeDocuments, reviewsDocument } from './idea/views/documents.ts'
export { type IdeaRow, ideasDocuments, parseIdeas } from './idea/views/ideas.ts'
export { type LogEntry, parseLog } from './idea/views/log.ts'
export { findPlace } from './idea/views/places.ts'
export { parseReviews, type Reviews } from './idea/views/reviews.ts'
export * from './idea/behind.ts'
export * from './plan/plans-path.ts'
export * from './plan/rivals.ts'
export * from './tree/confirm.ts'
export * from './tree/mark.ts'
export * from './tree/roll-up.ts'
export {
  type Alignment,
  type AlignmentConclusion,
  type AlignmentVerdict,
  decidePullRequest,
  type PullRequestAlignment,
  type TaskPaths,
} from './alignment/decide-alignment.ts'
export * from './alignment/find-tasks-named.ts'
export type { ChangedFile } from './alignment/touched-files.ts'
export * from './turns.ts'
