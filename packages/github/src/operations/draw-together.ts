import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort } from './port.ts'

/** One thing to draw or say. Node ids are GraphQL's. */
export type Drawing =
  | { readonly kind: 'issue-body'; readonly issueId: string; readonly body: string }
  | { readonly kind: 'issue-title'; readonly issueId: string; readonly title: string }
  | {
      readonly kind: 'issue-state'
      readonly issueId: string
      /** Open, or why it is closed. */
      readonly state: 'OPEN' | 'COMPLETED' | 'NOT_PLANNED'
    }
  | { readonly kind: 'comment'; readonly issueId: string; readonly body: string }
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

/** What became of each, in the same order: undefined for what was drawn. */
export type Drawn = readonly (string | undefined)[]

interface Part {
  readonly field: string
  readonly type: string
  readonly input: Readonly<Record<string, unknown>>
  /** What GitHub is asked to give back, to be compared with what was sent. */
  readonly back: string
}

/** Mutations of one request; GitHub carries them out one after another. */
const PER_REQUEST = 20

/**
 * Draws everything in as few requests as it takes: one for twenty, all at once, so that those of different requests may land in
 * any order. What one is refused keeps none of the others back.
 */
export async function drawTogether(github: GitHubPort, drawings: readonly Drawing[]): Promise<Drawn> {
  const slices = Array.from({ length: Math.ceil(drawings.length / PER_REQUEST) }, (_, at) =>
    drawings.slice(at * PER_REQUEST, (at + 1) * PER_REQUEST),
  )
  return (await Promise.all(slices.map((slice) => drawSome(github, slice)))).flat()
}

async function drawSome(github: GitHubPort, drawings: readonly Drawing[]): Promise<Drawn> {
  const parts = drawings.map(toPart)
  const head = parts.map(({ type }, at) => `$i${at}: ${type}!`).join(', ')
  const fields = parts.map(({ field, back }, at) => `d${at}: ${field}(input: $i${at}) { ${back} }`).join('\n')
  const { data, errors } = await github.graphql(
    `mutation(${head}) {\n${fields}\n}`,
    Object.fromEntries(parts.map(({ input }, at) => [`i${at}`, input])),
  )
  return drawings.map((drawing, at) => {
    const refused = errors.find(({ path }) => path?.[0] === `d${at}`)
    if (refused) return refused.message
    const back = keptBody(data[`d${at}`])
    return 'body' in drawing && back !== undefined && back !== drawing.body ? 'GitHub did not keep the text that was sent.' : undefined
  })
}

function toPart(drawing: Drawing): Part {
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

const kept = z.object({
  issue: z.object({ body: z.string() }).nullish(),
  commentEdge: z.object({ node: z.object({ body: z.string() }).nullable() }).nullish(),
})

function keptBody(answer: unknown): string | undefined {
  const parsed = kept.safeParse(answer)
  return parsed.success ? (parsed.data.issue?.body ?? parsed.data.commentEdge?.node?.body) : undefined
}

/** @throws {GitHubError} for the first that was refused, where all of them matter. */
export function requireDrawn(drawn: Drawn): void {
  const refused = drawn.find((message) => message !== undefined)
  if (refused !== undefined) throw new GitHubError('GITHUB_UNPROCESSABLE', refused, { status: 200, route: 'POST /graphql' })
}
