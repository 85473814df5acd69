import type { GraphqlAnswer } from '@switchyard/core'
import { z } from 'zod'
import { sayRefused } from './graphql-refusal.ts'

/** One thing to draw or say. Node ids are GraphQL's. */
export type Drawing =
  | { readonly kind: 'issue-body'; readonly issueId: string; readonly body: string }
  | { readonly kind: 'issue-title'; readonly issueId: string; readonly title: string }
  | {
      readonly kind: 'issue-state'
      readonly issueId: string
      /** Open, or why it is closed. */
      readonly state: 'OPEN' | 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE'
    }
  | { readonly kind: 'comment'; readonly issueId: string; readonly body: string }
  | { readonly kind: 'comment-body'; readonly commentId: string; readonly body: string }
  | { readonly kind: 'comment-deleted'; readonly commentId: string }
  /** Puts an issue under another, away from the parent that it had. Several under one parent: `drawInOrder`. */
  | { readonly kind: 'sub-issue'; readonly parentId: string; readonly childId: string }
  /** Takes an issue from under its parent. */
  | { readonly kind: 'no-sub-issue'; readonly parentId: string; readonly childId: string }
  | { readonly kind: 'reaction'; readonly subjectId: string; readonly content: 'EYES' | 'ROCKET' | 'THUMBS_UP' | 'CONFUSED' }
  | {
      readonly kind: 'check-run'
      readonly repositoryId: string
      readonly headSha: string
      readonly name: string
      readonly externalId: string
      readonly conclusion: 'SUCCESS' | 'FAILURE' | 'NEUTRAL' | 'ACTION_REQUIRED'
      readonly title: string
      readonly summary: string
    }

/** One mutation of a request. */
export interface Part {
  readonly field: string
  readonly type: string
  readonly input: Readonly<Record<string, unknown>>
  /** What GitHub is asked to give back, to be compared with what was sent. */
  readonly back: string
}

export interface Mutation {
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Mutations as one request, each under an alias of `prefix` and its place. GitHub carries them out one after another. */
export function composeMutation(
  groups: readonly { readonly prefix: string; readonly parts: readonly Part[] }[],
  operation: string = '',
): Mutation {
  const named = groups.flatMap(({ prefix, parts }) => parts.map((part, at) => ({ ...part, alias: `${prefix}${at}` })))
  const head = named.map(({ alias, type }) => `$${alias}: ${type}!`).join(', ')
  const fields = named.map(({ alias, field, back }) => `${alias}: ${field}(input: $${alias}) { ${back} }`).join('\n')
  return {
    document: `mutation ${operation}(${head}) {\n${fields}\n}`,
    variables: Object.fromEntries(named.map(({ alias, input }) => [alias, input])),
  }
}

export function toPart(drawing: Drawing): Part {
  switch (drawing.kind) {
    case 'issue-body':
      return { field: 'updateIssue', type: 'UpdateIssueInput', input: { id: drawing.issueId, body: drawing.body }, back: 'issue { body }' }
    case 'issue-title':
      return {
        field: 'updateIssue',
        type: 'UpdateIssueInput',
        input: { id: drawing.issueId, title: drawing.title },
        back: 'clientMutationId',
      }
    case 'issue-state': {
      const { issueId, state } = drawing
      if (state === 'OPEN') return { field: 'reopenIssue', type: 'ReopenIssueInput', input: { issueId }, back: 'clientMutationId' }
      return { field: 'closeIssue', type: 'CloseIssueInput', input: { issueId, stateReason: state }, back: 'clientMutationId' }
    }
    case 'comment':
      return {
        field: 'addComment',
        type: 'AddCommentInput',
        input: { subjectId: drawing.issueId, body: drawing.body },
        back: 'commentEdge { node { body } }',
      }
    case 'comment-body':
      return {
        field: 'updateIssueComment',
        type: 'UpdateIssueCommentInput',
        input: { id: drawing.commentId, body: drawing.body },
        back: 'issueComment { body }',
      }
    case 'comment-deleted':
      return { field: 'deleteIssueComment', type: 'DeleteIssueCommentInput', input: { id: drawing.commentId }, back: 'clientMutationId' }
    case 'sub-issue': {
      const input = { issueId: drawing.parentId, subIssueId: drawing.childId, replaceParent: true }
      return { field: 'addSubIssue', type: 'AddSubIssueInput', input, back: 'clientMutationId' }
    }
    case 'no-sub-issue': {
      const input = { issueId: drawing.parentId, subIssueId: drawing.childId }
      return { field: 'removeSubIssue', type: 'RemoveSubIssueInput', input, back: 'clientMutationId' }
    }
    case 'reaction':
      return {
        field: 'addReaction',
        type: 'AddReactionInput',
        input: { subjectId: drawing.subjectId, content: drawing.content },
        back: 'clientMutationId',
      }
    case 'check-run': {
      const { repositoryId, headSha, name, externalId, conclusion, title, summary } = drawing
      const input = { repositoryId, headSha, name, externalId, status: 'COMPLETED', conclusion, output: { title, summary } }
      return { field: 'createCheckRun', type: 'CreateCheckRunInput', input, back: 'clientMutationId' }
    }
  }
}

const body = z.object({ body: z.string() })
const kept = z.object({
  issue: body.nullish(),
  commentEdge: z.object({ node: body.nullable() }).nullish(),
  issueComment: body.nullish(),
})

/** Why something was not drawn, or not as it was sent; undefined when it was. */
export function judgeDrawing(drawing: Drawing, { data, errors }: GraphqlAnswer, alias: string): string | undefined {
  const refused = sayRefused({ errors, alias }, drawing.kind === 'check-run' ? 'checks: write' : 'issues: write')
  if (refused !== undefined) return refused
  const parsed = kept.safeParse(data[alias])
  if (!parsed.success || !('body' in drawing)) return undefined
  const { issue, commentEdge, issueComment } = parsed.data
  const back = issue?.body ?? commentEdge?.node?.body ?? issueComment?.body
  return back !== undefined && back !== drawing.body ? 'GitHub did not keep the text that was sent.' : undefined
}
