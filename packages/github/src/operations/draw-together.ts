import { GitHubError } from '@switchyard/core'
import { composeMutation, type Drawing, judgeDrawing, toPart } from './drawing.ts'
import type { GitHubPort } from './port.ts'
import { slicesOf } from './slices.ts'

export type { Drawing } from './drawing.ts'

/** What became of each, in the same order: undefined for what was drawn. */
export type Drawn = readonly (string | undefined)[]

/** Mutations of one request; GitHub carries them out one after another. */
const PER_REQUEST = 20

/**
 * Draws everything in as few requests as it takes: one for twenty, all at once, so that those of different requests may land in
 * any order. What one is refused keeps none of the others back.
 */
export async function drawTogether(github: GitHubPort, drawings: readonly Drawing[]): Promise<Drawn> {
  return (await Promise.all(slicesOf(drawings, PER_REQUEST).map((slice) => drawSome(github, slice)))).flat()
}

/**
 * As `drawTogether`, in the order given and one request after another: links under one parent must not overlap, since GitHub refuses
 * the second ("Priority has already been taken", github/github-mcp-server#1842).
 */
export async function drawInOrder(github: GitHubPort, drawings: readonly Drawing[], wishes: DrawWishes = {}): Promise<Drawn> {
  const drawn: (string | undefined)[] = []
  for (const slice of slicesOf(drawings, PER_REQUEST)) drawn.push(...(await drawSome(github, slice, wishes)))
  return drawn
}

export interface DrawWishes {
  /** Whether a request without an answer may be sent again: nothing among the drawings is there twice then. Default false. */
  readonly idempotent?: boolean
}

async function drawSome(github: GitHubPort, drawings: readonly Drawing[], wishes: DrawWishes = {}): Promise<Drawn> {
  const { document, variables } = composeMutation([{ prefix: 'd', parts: drawings.map(toPart) }])
  const answer = await github.graphql(document, variables, wishes)
  return drawings.map((drawing, at) => judgeDrawing(drawing, answer, `d${at}`))
}

/** @throws {GitHubError} for the first that was refused, where all of them matter. */
export function requireDrawn(drawn: Drawn): void {
  const refused = drawn.find((message) => message !== undefined)
  if (refused !== undefined) throw new GitHubError('GITHUB_UNPROCESSABLE', refused, { status: 200, route: 'POST /graphql' })
}
