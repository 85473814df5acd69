// Everything that people see of an idea and its plan; pure, and without zod, yaml or a Markdown parser.
export { type CardInput, isCard, type LogLine, type ShownMaking, renderCard, type ShownPlan } from './render/card.ts'
export { type CheckedTask, type CheckInput, CHECK_NAME, type PlanCheck, renderCheck } from './render/check.ts'
export type { Conflict } from './render/conflicts.ts'
export { type DifferenceInput, type KnownItem, renderDifference } from './render/difference.ts'
export { type FaultsInput, renderFaults, renderRefusedPlan } from './render/faults.ts'
export { renderGuide } from './render/guide.ts'
export { type IssueFacts, type Item, itemsOfApplied, itemsOfPlan, type ItemState } from './render/items.ts'
export { type MadeInput, renderCreation, renderMade, renderStopped, type StoppedInput } from './render/making.ts'
export {
  type Origin,
  renderApplier,
  renderFollowed,
  renderOrigin,
  renderOtherPlace,
  renderWaiting,
  type Waiter,
  type WaitingInput,
} from './render/origin.ts'
export { renderPartRefused, sayPart } from './render/part.ts'
export { decideProgress, type Group, type PlanProgress } from './render/progress.ts'
export {
  renderRejection,
  renderRollup,
  renderShow,
  renderTransition,
  renderUploaded,
  type RollupInput,
  type ShowInput,
  type TransitionInput,
  type UploadedInput,
} from './render/replies.ts'
export { sayLogEntry } from './render/log-lines.ts'
export { renderReview, renderReviewed, type ShownReview, type ShownRound } from './render/review.ts'
export { issueUrl, type Site } from './render/site.ts'
export { renderStatus, type StatusInput } from './render/status.ts'
export { renderSteps, sayStatus } from './render/steps.ts'
export { renderSummary, type SummaryInput, type ValidatedFile } from './render/summary.ts'
