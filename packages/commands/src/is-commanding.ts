import { findNamed, piecesOf } from './parse/find-named.ts'

/**
 * Whether a comment's text asks for anything, so that a run has to look: wherever `parseComment` would find a command or a fault, in a text
 * that is not the toolkit's own. What only looks so, such as `/plan.md`, a path or a command in a code block, does not.
 */
export function isCommanding(body: string, families: readonly string[]): boolean {
  return !isOwn(body) && piecesOf(body).some((piece) => piece.kind === 'line' && findNamed(piece, families) !== undefined)
}

/** Whether a text carries the marker of the toolkit's renderings. Only its writer can hide a command behind one. */
export function isOwn(body: string): boolean {
  return /^<!-- switchyard:[^\r\n]*-->[ \t]*\r?$/m.test(body)
}
