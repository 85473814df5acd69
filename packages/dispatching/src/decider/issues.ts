import { sha256 } from '@switchyard/core'
import type { Refusal } from '../reasons.ts'
import type { IssueEffect, OpenIssue } from '../records/effects.ts'
import type { DispatchEvent } from '../records/events.ts'
import type { IssuePolicy, SourceRecord, TargetRecord } from '../records/parts.ts'
import type { DispatchState } from '../records/state.ts'
import { ISSUE_LABEL, issueMarker, renderIssueBody, renderIssueTitle, renderProblemComment, renderSuccessComment } from '../render/issue.ts'
import type { DispatchContext, DispatchDecision } from './decide.ts'

interface About {
  readonly source: SourceRecord
  readonly target: TargetRecord
  readonly policy: IssuePolicy
}

const NOTHING: DispatchDecision = { events: [], effects: [] }

/** One issue per source, target, workflow and the repository that it is written in. A target that was not found has no id: its name stands for it. */
export function issueKeyOf(source: SourceRecord, target: TargetRecord, repository: string): string {
  const to = target.repository_id ?? target.repository.toLowerCase()
  // A number means something only in its repository: written elsewhere, it is another issue.
  const elsewhere = repository.toLowerCase() === source.repository.toLowerCase() ? [] : [repository.toLowerCase()]
  return sha256(JSON.stringify([source.repository_id, to, target.workflow.toLowerCase(), ...elsewhere])).slice(0, 16)
}

/** The issue that tells of a refusal or failure: opened, or commented on and opened again. */
export function requestProblemIssue(
  state: DispatchState,
  about: About & { readonly refusal: Refusal },
  context: DispatchContext,
): DispatchDecision {
  if (about.policy.create === 'never') return NOTHING
  const base = baseOf(state, about)
  if (base === undefined) return NOTHING
  const [number = 0, open = 0] = context.index.issues[base.issue_key] ?? []
  // Another run is opening it now.
  if (number === 0 && open === 1) return NOTHING
  const { reason } = about.refusal
  if (number > 0) return request({ ...base, kind: 'comment-issue', number, body: renderProblemComment(about), reopen: open === 0, reason })
  return request({
    ...base,
    kind: 'open-issue',
    title: renderIssueTitle(about),
    body: renderIssueBody({ ...about, marker: base.marker }),
    labels: [ISSUE_LABEL],
    reason,
    close: false,
  })
}

/** A success closes the issue of an earlier problem; under `always` it is told in any case. */
export function requestSuccessIssue(
  state: DispatchState,
  about: About & { readonly url: string | null },
  context: DispatchContext,
): DispatchDecision {
  if (about.policy.create === 'never') return NOTHING
  const base = baseOf(state, about)
  if (base === undefined) return NOTHING
  const [number = 0, open = 0] = context.index.issues[base.issue_key] ?? []
  const body = renderSuccessComment(about)
  if (number > 0 && open === 1) return request({ ...base, kind: 'close-issue', number, body })
  if (about.policy.create !== 'always' || open === 1) return NOTHING
  if (number > 0) return request({ ...base, kind: 'comment-issue', number, body, reopen: false, reason: null })
  const opening: OpenIssue = {
    ...base,
    kind: 'open-issue',
    title: renderIssueTitle(about),
    body: renderIssueBody({ ...about, marker: base.marker }),
    labels: [ISSUE_LABEL],
    reason: null,
    close: true,
  }
  return request(opening)
}

/** An issue that only told of a success does not stay open. */
export function requestClosing(state: DispatchState, opened: OpenIssue & { readonly number: number }): DispatchDecision {
  const { issue_key, repository, marker, number } = opened
  return request({ id: effectId(state, issue_key), issue_key, repository, marker, kind: 'close-issue', number, body: null })
}

type Base = Pick<OpenIssue, 'id' | 'issue_key' | 'repository' | 'marker'>

/** undefined: this run is writing to that issue already, for another target of the same workflow. */
function baseOf(state: DispatchState, { source, target, policy }: About): Base | undefined {
  const issue_key = issueKeyOf(source, target, policy.repository)
  if (state.issues[issue_key]?.pending) return undefined
  return { id: effectId(state, issue_key), issue_key, repository: policy.repository, marker: issueMarker(issue_key) }
}

function effectId(state: DispatchState, issueKey: string): string {
  return `issue-${issueKey}.${(state.issues[issueKey]?.asked ?? 0) + 1}`
}

function request(effect: IssueEffect): DispatchDecision {
  const { issue_key, repository, kind } = effect
  const number = effect.kind === 'open-issue' ? null : effect.number
  const event: DispatchEvent = {
    type: 'dispatch.issue-requested',
    data: { issue_key, effect_id: effect.id, repository, number, wants: kind },
  }
  return { events: [event], effects: [effect] }
}
