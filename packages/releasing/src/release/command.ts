import type { Rejection } from '@switchyard/core'
import type { Category, StepStatus, StepType, TemplateStep } from '../model.ts'
import type { Anchor, BoxEdit, CommentCursor, CustomerRecord, FileFacts, ReleaseFacts } from './records/parts.ts'

/** On a release: its steps and customers become what everybody works off. */
export interface Activate {
  readonly kind: 'activate'
  readonly facts: ReleaseFacts
  readonly steps: readonly TemplateStep[]
  readonly customers: readonly CustomerRecord[]
}
export interface AddCustomers {
  readonly kind: 'add-customers'
  readonly customers: readonly CustomerRecord[]
}
export interface Archive {
  readonly kind: 'archive'
  /** What it would be, if it was never activated. */
  readonly facts: ReleaseFacts
}
/** The file's steps as they are now. */
export interface SyncTemplate {
  readonly kind: 'sync-template'
  readonly steps: readonly TemplateStep[]
}
/** What the file says of the release itself now. */
export interface SyncFacts {
  readonly kind: 'sync-facts'
  readonly facts: FileFacts
}
export interface BoardMade {
  readonly kind: 'board-made'
  readonly issue: number
  readonly pages: readonly number[]
}
/** A comment of an issue had its outcome. */
export interface HandleComments {
  readonly kind: 'handle-comments'
  readonly issue: number
  readonly cursor: CommentCursor
  /** null: what else is recorded with it was done. */
  readonly refused: Rejection['rejected'] | null
}
/** Something that is to be done once is done by whoever records it first. */
export interface Claim {
  readonly kind: 'claim'
}
/** Lets content run that is not the default branch's: what was read as these customers' copy of a step. Their subjects are read beside. */
export interface ApproveContent {
  readonly kind: 'approve-content'
  readonly step: string
  /** Of the content that was read, in lower-case hex. */
  readonly sha256: string
  readonly customers: readonly (Pick<CustomerRecord, 'cluster' | 'namespace'> & { readonly environment: string })[]
}
/** Takes an approval back, of whatever step it was. */
export interface WithdrawApproval {
  readonly kind: 'withdraw-approval'
  readonly sha256: string
  readonly environments: readonly string[]
}
export type ReleaseCommand =
  | Activate
  | AddCustomers
  | Archive
  | SyncTemplate
  | SyncFacts
  | BoardMade
  | HandleComments
  | Claim
  | ApproveContent
  | WithdrawApproval

interface OfStep {
  readonly step: string
}
/** On a customer of a release, whose own subject is read beside. */
export interface MarkDone extends OfStep {
  readonly kind: 'done'
  readonly notes: string | null
}
/** A box of a board that somebody clicked. */
export interface TickBox extends OfStep {
  readonly kind: 'tick'
  readonly checked: boolean
  readonly edited: BoxEdit
}
export interface Skip extends OfStep {
  readonly kind: 'skip'
  readonly reason: string
}
export interface Revert extends OfStep {
  readonly kind: 'revert'
  readonly reason: string | null
}
export interface Override extends OfStep {
  readonly kind: 'override'
  readonly content: string
}
export interface Reset extends OfStep {
  readonly kind: 'reset'
}
export interface AddCustom {
  readonly kind: 'add-custom'
  readonly category: Category
  readonly type: StepType
  readonly name: string
  readonly content: string
  readonly anchor: Anchor | null
}
export interface EditCustom extends OfStep {
  readonly kind: 'edit-custom'
  readonly name: string | null
  readonly type: StepType | null
  readonly content: string | null
  readonly anchor: Anchor | null
}
export interface RemoveCustom extends OfStep {
  readonly kind: 'remove-custom'
}
/** That somebody asked for a run of it: whoever carries it out finds here who it was. */
export interface AskRun extends OfStep {
  readonly kind: 'ask-run'
}
/** A run is about to carry it out: of several, one may. */
export interface BeginRun extends OfStep {
  readonly kind: 'begin-run'
  readonly type: StepType
  /** Of the content that it is about to run. */
  readonly sha256: string
}
/** Nothing of what this run began was carried out. */
export interface DropRun extends OfStep {
  readonly kind: 'drop-run'
}
/** A run that began is over, and recorded nothing. */
export interface LoseRun extends OfStep {
  readonly kind: 'lose-run'
  readonly run_id: number
  readonly run_attempt: number
}
/** What running a step on a runner came to. Exit 0 marks it done. */
export interface RecordRun extends OfStep {
  readonly kind: 'record-run'
  /** Of the content that ran; where other content stands by now, that one was not carried out. */
  readonly sha256?: string
  readonly exit_code: number
  readonly conclusion: string
  readonly url: string
}
/** One row of another matrix; null: it does not say. */
export interface ImportedCell extends OfStep {
  readonly status: StepStatus
  /** ms since the epoch. */
  readonly executed_at: number | null
  readonly executed_by: string | null
  readonly reason: string | null
  readonly notes: string | null
}
export interface ImportCells {
  readonly kind: 'import-cells'
  readonly cells: readonly ImportedCell[]
}
export type StepCommand =
  | MarkDone
  | TickBox
  | Skip
  | Revert
  | Override
  | Reset
  | AddCustom
  | EditCustom
  | RemoveCustom
  | AskRun
  | BeginRun
  | DropRun
  | LoseRun
  | RecordRun
  | ImportCells

export type Command = ReleaseCommand | StepCommand
