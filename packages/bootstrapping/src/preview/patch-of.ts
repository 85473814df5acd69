import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff'
import type { TreeFile } from '../tree/file-tree.ts'
import { findText } from '../tree/text.ts'

/** Largest file that is compared line by line, in bytes, and most lines that may differ: more is not read by anybody. */
const MAX_COMPARED_BYTES = 512 * 1024
const MAX_EDITS = 1_000

export interface Patch {
  /** Unified diff; left out for binary files, for what is too large and where only the mode or the path changed. */
  readonly patch?: string
  readonly isBinary: boolean
  readonly isTooLarge: boolean
  /** Lines that came and went; 0 where nothing was compared. */
  readonly added: number
  readonly removed: number
}

const NOTHING: Patch = { isBinary: false, isTooLarge: false, added: 0, removed: 0 }

interface Versions {
  readonly old: TreeFile | undefined
  readonly now: TreeFile | undefined
}

/** What changed in a file, as a unified diff. A symbolic link is compared by where it leads. */
export function patchOf(path: string, { old, now }: Versions): Patch {
  const [before, after] = [textOf(old), textOf(now)]
  if (before === undefined || after === undefined) return { ...NOTHING, isBinary: true }
  if (before === after) return NOTHING
  if (Math.max(before.length, after.length) > MAX_COMPARED_BYTES) return { ...NOTHING, isTooLarge: true }
  const [from, to] = [old === undefined ? '/dev/null' : `a/${path}`, now === undefined ? '/dev/null' : `b/${path}`]
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: old === undefined || now === undefined ? before.length + after.length : MAX_EDITS,
    headerOptions: FILE_HEADERS_ONLY,
  })
  if (patch === undefined) return { ...NOTHING, isTooLarge: true }
  const lines = patch.split('\n').slice(2)
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length
  return { ...NOTHING, patch, added: count('+'), removed: count('-') }
}

/** A missing file is an empty text. */
function textOf(file: TreeFile | undefined): string | undefined {
  return file === undefined ? '' : findText(file.content)
}
