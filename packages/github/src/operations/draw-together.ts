import { GitHubError, slicesOf } from '@switchyard/core'
import { type Drawing, judgeDrawing, toPart } from './drawing.ts'
import type { GitHubPort } from './port.ts'
import { PER_REQUEST, sendParts, sendRequest } from './send-parts.ts'

export type { Drawing } from './drawing.ts'

/** What became of each, in the same order: undefined for what was drawn. */
export type Drawn = readonly (string | undefined)[]

const DRAWING = { toPart, judge: judgeDrawing }

/**
 * Draws everything in as few requests as it takes: one for twenty, all at once, so that those of different requests may land in
 * any order. What one is refused keeps none of the others back.
 */
export async function drawTogether(github: GitHubPort, drawings: readonly Drawing[]): Promise<Drawn> {
  return (await Promise.all(slicesOf(drawings, PER_REQUEST).map((slice) => sendRequest(github, slice, DRAWING)))).flat()
}

/**
 * As `drawTogether`, in the order given and one request after another: links under one parent must not overlap, since GitHub refuses
 * the second ("Priority has already been taken", github/github-mcp-server#1842).
 */
export function drawInOrder(github: GitHubPort, drawings: readonly Drawing[], wishes: DrawWishes = {}): Promise<Drawn> {
  return sendParts(github, drawings, { ...DRAWING, ...wishes })
}

export interface DrawWishes {
  /** Whether a request without an answer may be sent again: nothing among the drawings is there twice then. Default false. */
  readonly idempotent?: boolean
}

/** @throws {GitHubError} for the first that was refused, where all of them matter. */
export function requireDrawn(drawn: Drawn): void {
  const refused = drawn.find((message) => message !== undefined)
  if (refused !== undefined) throw new GitHubError('GITHUB_UNPROCESSABLE', refused, { status: 200, route: 'POST /graphql' })
}
