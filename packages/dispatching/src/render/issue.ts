import { escapeMarkdown, inlineCode, renderLink, truncate } from '@switchyard/core'
import { workflowFile } from '../names.ts'
import type { Refusal } from '../reasons.ts'
import type { IssuePolicy, SourceRecord, TargetRecord } from '../records/parts.ts'
import { isHidden, targetName, workflowName } from './privacy.ts'
import { renderAdvice } from './advice.ts'

export const ISSUE_LABEL = 'dispatch'
/** GitHub: titles have at most 256 characters. */
const MAX_TITLE = 256

export interface IssueSubject {
  readonly source: SourceRecord
  readonly target: TargetRecord
  readonly policy: IssuePolicy
  readonly refusal?: Refusal
  readonly url?: string | null
}

/** By it the issue is found among those with the label when an answer was lost. Invisible to readers. */
export function issueMarker(issueKey: string): string {
  return `<!-- switchyard:dispatch:${issueKey} -->`
}

export function renderIssueTitle({ source, target, policy }: IssueSubject): string {
  const workflow = workflowName(target, policy.visibility)
  const to = targetName(target, policy.visibility)
  return truncate(`Dispatch from ${source.repository} to ${workflow === undefined ? to : `${workflow} of ${to}`}`, MAX_TITLE)
}

/** The issue's first text. The marker comes last, so that previews show words. */
export function renderIssueBody(subject: IssueSubject & { readonly marker?: string }): string {
  const what = subject.refusal ? renderProblemComment({ ...subject, refusal: subject.refusal }) : renderSuccessComment(subject)
  const closing = 'The next dispatch that works closes this issue; a problem that comes back opens it again.'
  return [what, '', closing, ...(subject.marker === undefined ? [] : ['', subject.marker])].join('\n')
}

export function renderProblemComment({ source, target, policy, refusal }: IssueSubject & { readonly refusal: Refusal }): string {
  const cause = `${renderLink(`Run ${source.run_id}`, source.url)} of ${inlineCode(workflowFile(source.workflow))} in ${inlineCode(source.repository)}`
  if (isHidden(target, policy.visibility)) {
    return `**${refusal.reason}** · ${cause} was to dispatch to ${escapeMarkdown(targetName(target, policy.visibility))}. The details are in the ledger: this place is read by more people than the target.`
  }
  return [`**${refusal.reason}** · ${cause} was to dispatch to ${inlineCode(workflowFile(target.workflow))} in ${inlineCode(target.repository)}.`, '', renderAdvice(refusal)].join('\n')
}

export function renderSuccessComment({ source, target, policy, url }: IssueSubject): string {
  const cause = `${renderLink(`Run ${source.run_id}`, source.url)} of ${inlineCode(workflowFile(source.workflow))} in ${inlineCode(source.repository)}`
  if (isHidden(target, policy.visibility)) return `**started** · ${cause} dispatched to ${escapeMarkdown(targetName(target, policy.visibility))}.`
  const run = url ? ` ${renderLink('See the started run', url)}.` : ''
  return `**started** · ${cause} dispatched to ${inlineCode(workflowFile(target.workflow))} in ${inlineCode(target.repository)}.${run}`
}
