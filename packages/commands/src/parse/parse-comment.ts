import { type CommandFault, type CommentPlace, inOrder, listWords } from '../fault.ts'
import { type CleanLine, findHidden } from './characters.ts'
import { findNamed, piecesOf } from './find-named.ts'
import type { FencePiece, LinePiece, Piece } from './markdown-lines.ts'
import { type Token, tokenise } from './tokens.ts'

/** More commands than anybody types: what lies beyond is an attack or a mistake. */
export const MAX_COMMANDS = 100

/** A fenced code block below a command. */
export interface Block extends CommentPlace {
  /** What stands behind the opening fence, such as `bash`. */
  readonly info: string
  /** Lines end in `\n`; none after the last one. */
  readonly content: string
}

/** A command line of a known family, in words and flags; what they mean is for `bindCommands` to say. */
export interface ParsedCommand extends CommentPlace {
  readonly family: string
  readonly tokens: readonly Token[]
  readonly block?: Block
}

export interface ParsedComment {
  /** In the order in which they stand. */
  readonly commands: readonly ParsedCommand[]
  /** From the comment's top to its end. */
  readonly faults: readonly CommandFault[]
}

/**
 * Finds the commands in a comment's Markdown: lines that start with `/` and the name of a known family, outside quotes,
 * lists, code and HTML comments. Other `/words` are nobody's business here, but for one letter's slip. Never throws.
 * An empty answer in both lists means that the comment has nothing to do with commands.
 */
export function parseComment(text: string, families: readonly string[]): ParsedComment {
  const commands: ParsedCommand[] = []
  const faults: CommandFault[] = []
  const pieces = piecesOf(text)
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'line') continue
    const found = findCommand(piece, families)
    if (!found) continue
    if (commands.length === MAX_COMMANDS) {
      faults.push(tooMany(found))
      break
    }
    faults.push(...found.faults)
    if (!found.isKnown) continue
    const fence = blockBelow(pieces, index)
    if (fence && !fence.closed) faults.push(unclosedBlock(fence))
    commands.push({ ...placed(found), family: found.family, tokens: found.tokens, ...(fence ? { block: blockOf(fence) } : {}) })
  }
  // What is swallowed by a block that was left open might be the next command.
  const open = commands.length > 0 ? pieces.find((piece): piece is FencePiece => piece.kind === 'fence' && !piece.closed) : undefined
  if (open && !faults.some(({ code }) => code === 'unclosed-block')) faults.push(unclosedBlock(open))
  return { commands, faults: inOrder(faults) }
}

interface Found extends CommentPlace {
  readonly family: string
  readonly isKnown: boolean
  readonly tokens: readonly Token[]
  readonly faults: readonly CommandFault[]
}

function findCommand(piece: LinePiece, families: readonly string[]): Found | undefined {
  const named = findNamed(piece, families)
  if (named === undefined) return undefined
  const { family, near, place, clean, end } = named
  if (near !== undefined) return { ...place, family, isKnown: false, tokens: [], faults: [unknownFamily(family, near, place)] }
  const { line, within } = piece
  const { tokens, faults } = tokenise(clean, { from: end, line })
  const shown = within ? [shownWithin(within, family, place)] : []
  return { ...place, family, isKnown: true, tokens, faults: [...shown, ...hiddenCharacter(clean, line), ...faults] }
}

function placed({ line, column }: CommentPlace): CommentPlace {
  return { line, column }
}

function blockOf({ line, column, info, content }: FencePiece): Block {
  return { line, column, info, content }
}

function blockBelow(pieces: readonly Piece[], index: number): FencePiece | undefined {
  let below = index + 1
  while (pieces[below]?.kind === 'blank') below += 1
  const piece = pieces[below]
  return piece?.kind === 'fence' ? piece : undefined
}

function unknownFamily(family: string, near: string, place: CommentPlace): CommandFault {
  return {
    code: 'unknown-family',
    message: `There is no command ${listWords([`/${family}`])}.`,
    hint: `Did you mean ${listWords([`/${near}`])}? If not, put the line in a quote or in code.`,
    ...place,
  }
}

function shownWithin(within: 'quote' | 'code', family: string, place: CommentPlace): CommandFault {
  if (within === 'code') {
    return {
      code: 'command-in-code',
      message: `${listWords([`/${family}`])} stands between two backticks, so GitHub shows it as code.`,
      hint: 'Close the code on the line that opens it, or put an empty line before the command.',
      ...place,
    }
  }
  return {
    code: 'command-in-quote',
    message: `${listWords([`/${family}`])} stands directly below a quoted line, so GitHub shows it as quoted too.`,
    hint: 'Put an empty line between the quote and the command.',
    ...place,
  }
}

function hiddenCharacter({ text, columns }: CleanLine, line: number): readonly CommandFault[] {
  const at = findHidden(text)
  if (at === undefined) return []
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  const message = `The line holds a character that nobody sees (U+${code}).`
  return [{ code: 'hidden-character', message, hint: 'Type the line again instead of pasting it.', line, column: columns[at] ?? 1 }]
}

function unclosedBlock({ line, column }: CommentPlace): CommandFault {
  return {
    code: 'unclosed-block',
    message: 'The code block is never closed.',
    hint: 'End it with a line of the same characters that open it, at least as many.',
    line,
    column,
  }
}

function tooMany({ line, column }: CommentPlace): CommandFault {
  return {
    code: 'too-many-commands',
    message: `A comment may hold ${MAX_COMMANDS} commands; this one holds more.`,
    hint: 'Use selectors, or write several comments.',
    line,
    column,
  }
}
