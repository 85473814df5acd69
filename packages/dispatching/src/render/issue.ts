import { escapeMarkdown, inlineCode, renderLink, truncate } from '@switchyard/core'
import { workflowFile } from '../names.ts'
import type { Refusal } from '../reasons.ts'
import type { IssuePolicy, SourceRecord, TargetRecord } from '../records/parts.ts'
import { isHidden, sourceName } from './privacy.ts'
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
  const from = sourceName(source, policy.visibility)
  const to = isTargetHidden({ source, target, policy }) ? hiddenName(target) : `${workflowFile(target.workflow)} of ${target.repository}`
  return truncate(`Dispatch from ${from} to ${to}`, MAX_TITLE)
}

/** The issue's first text. The marker comes last, so that previews show words. */
export function renderIssueBody(subject: IssueSubject & { readonly marker?: string }): string {
  const what = subject.refusal ? renderProblemComment({ ...subject, refusal: subject.refusal }) : renderSuccessComment(subject)
  const closing = 'The next dispatch that works closes this issue; a problem that comes back opens it again.'
  return [what, '', closing, ...(subject.marker === undefined ? [] : ['', subject.marker])].join('\n')
}

/** Details name the source and the target: they are told where people may see both. */
export function renderProblemComment(subject: IssueSubject & { readonly refusal: Refusal }): string {
  const { source, policy, refusal } = subject
  const what = `**${refusal.reason}** · ${renderCause(subject)} was to dispatch to ${renderTarget(subject)}.`
  const isTold = !isHidden(source, policy.visibility) && !isTargetHidden(subject)
  if (isTold) return [what, '', renderAdvice(refusal)].join('\n')
  return `${what} The details are in the ledger: this place is read by more people than the ${isTargetHidden(subject) ? 'target' : 'source'}.`
}

export function renderSuccessComment(subject: IssueSubject): string {
  const { url } = subject
  const what = `**started** · ${renderCause(subject)} dispatched to ${renderTarget(subject)}.`
  return url && !isTargetHidden(subject) ? `${what} ${renderLink('See the started run', url)}.` : what
}

/** A target that was not found is known by its source's file alone, and is as private as that. */
function isTargetHidden({ source, target, policy }: IssueSubject): boolean {
  return isHidden(target.visibility === null ? source : target, policy.visibility)
}

function hiddenName({ repository_id: id }: TargetRecord): string {
  return id === null ? 'a repository that was not found' : `repository ${id}`
}

function renderCause({ source, policy }: IssueSubject): string {
  const name = sourceName(source, policy.visibility)
  if (isHidden(source, policy.visibility)) return `Run ${source.run_id} of ${escapeMarkdown(name)}`
  return `${renderLink(`Run ${source.run_id}`, source.url)} of ${inlineCode(workflowFile(source.workflow))} in ${inlineCode(name)}`
}

function renderTarget(subject: IssueSubject): string {
  const { target } = subject
  if (isTargetHidden(subject)) return escapeMarkdown(hiddenName(target))
  return `${inlineCode(workflowFile(target.workflow))} in ${inlineCode(target.repository)}`
}
