import { z } from 'zod'
import { chainRecord, issuePolicyRecord, reasonRecord, sourceRecord, targetRecord } from './parts.ts'

const effectId = z.string().min(1)

export const startWorkflowRecord = z.object({
  id: effectId,
  kind: z.literal('start-workflow'),
  /** The dispatch's key within its subject. */
  key: z.string(),
  source: sourceRecord,
  target: targetRecord.extend({ repository_id: z.int().positive(), ref: z.string() }),
  /** As they are sent, the correlation id among them when the workflow declares it. */
  inputs: z.record(z.string(), z.string()),
  /** The chain as the started run will see it. */
  chain: chainRecord,
  /** What the started run's title will hold; null: the workflow does not show it. */
  marker: z.string().nullable(),
  issues: issuePolicyRecord,
})

const issueBase = {
  id: effectId,
  issue_key: z.string(),
  repository: z.string(),
  /** The issue is found by it when an answer was lost. */
  marker: z.string(),
}

export const openIssueRecord = z.object({
  ...issueBase,
  kind: z.literal('open-issue'),
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
  reason: reasonRecord.nullable(),
  /** Close it again at once: it tells of a success. */
  close: z.boolean(),
})

export const commentIssueRecord = z.object({
  ...issueBase,
  kind: z.literal('comment-issue'),
  number: z.int().positive(),
  body: z.string(),
  /** Open the issue again, if it was closed. */
  reopen: z.boolean(),
  reason: reasonRecord.nullable(),
})

export const closeIssueRecord = z.object({
  ...issueBase,
  kind: z.literal('close-issue'),
  number: z.int().positive(),
  /** Said before closing; null: nothing. */
  body: z.string().nullable(),
})

export const issueEffectRecord = z.discriminatedUnion('kind', [openIssueRecord, commentIssueRecord, closeIssueRecord])
export const effectRecord = z.discriminatedUnion('kind', [startWorkflowRecord, openIssueRecord, commentIssueRecord, closeIssueRecord])

export type StartWorkflow = z.infer<typeof startWorkflowRecord>
export type OpenIssue = z.infer<typeof openIssueRecord>
export type CommentIssue = z.infer<typeof commentIssueRecord>
export type CloseIssue = z.infer<typeof closeIssueRecord>
export type IssueEffect = z.infer<typeof issueEffectRecord>
export type DispatchEffect = z.infer<typeof effectRecord>
