import type { FileMode, TreeFile } from '../tree/file-tree.ts'
import { findText, isSameContent, isSameFile, textFile } from '../tree/text.ts'
import { type ConflictLines, type Labels, mergeText } from './merge-text.ts'

export const CONFLICT_KINDS = [
  'content',
  'both-added',
  'binary',
  'too-large',
  'mode',
  'link',
  'deleted-here',
  'deleted-in-template',
  'place-taken',
] as const
/**
 * `content` and `both-added` are marked in the file. In every other conflict the repository keeps what it has, and what the
 * template wanted is in the conflict.
 */
export type ConflictKind = (typeof CONFLICT_KINDS)[number]

export interface FileConflict {
  readonly kind: ConflictKind
  /** Where the marks stand in the merged file; empty where there are none. */
  readonly lines: readonly ConflictLines[]
}

/** A file in the three trees; undefined where it is not. */
export interface FileVersions {
  readonly base: TreeFile | undefined
  readonly ours: TreeFile | undefined
  readonly theirs: TreeFile | undefined
}

export interface MergedFile {
  /** Undefined: no such file. */
  readonly file: TreeFile | undefined
  readonly conflicts: readonly FileConflict[]
}

/** Merges one path: who alone changed it is followed; what both changed is joined, or told as a conflict. */
export function mergeFile(versions: FileVersions, labels: Labels): MergedFile {
  const { base, ours, theirs } = versions
  if (isSameFile(ours, theirs) || isSameFile(base, theirs)) return { file: ours, conflicts: [] }
  if (isSameFile(base, ours)) return { file: theirs, conflicts: [] }
  if (ours === undefined) return { file: undefined, conflicts: [{ kind: 'deleted-here', lines: [] }] }
  if (theirs === undefined) return { file: ours, conflicts: [{ kind: 'deleted-in-template', lines: [] }] }
  if ([base, ours, theirs].some((file) => file?.mode === '120000')) return { file: ours, conflicts: [{ kind: 'link', lines: [] }] }
  return mergeBoth({ base, ours, theirs }, labels)
}

interface BothChanged {
  readonly base: TreeFile | undefined
  readonly ours: TreeFile
  readonly theirs: TreeFile
}

function mergeBoth(versions: BothChanged, labels: Labels): MergedFile {
  const { base, ours, theirs } = versions
  const content = mergeContent(versions, labels)
  const { mode, isConflict } = mergeMode({ base: base?.mode, ours: ours.mode, theirs: theirs.mode })
  const conflicts = content.conflict === undefined ? [] : [content.conflict]
  return { file: { mode, content: content.content }, conflicts: isConflict ? [...conflicts, { kind: 'mode', lines: [] }] : conflicts }
}

interface MergedContent {
  readonly content: Uint8Array
  readonly conflict?: FileConflict
}

function mergeContent({ base, ours, theirs }: BothChanged, labels: Labels): MergedContent {
  if (isSameContent(ours.content, theirs.content)) return { content: ours.content }
  if (base !== undefined && isSameContent(base.content, theirs.content)) return { content: ours.content }
  if (base !== undefined && isSameContent(base.content, ours.content)) return { content: theirs.content }
  const [baseText, mine, other] = [base && findText(base.content), findText(ours.content), findText(theirs.content)]
  const isBinary = mine === undefined || other === undefined || (base !== undefined && baseText === undefined)
  if (isBinary) return { content: ours.content, conflict: { kind: 'binary', lines: [] } }
  const merged = mergeText({ base: baseText, ours: mine, theirs: other }, labels)
  if (merged === undefined) return { content: ours.content, conflict: { kind: 'too-large', lines: [] } }
  const { content } = textFile(merged.text)
  if (merged.conflicts.length === 0) return { content }
  return { content, conflict: { kind: base === undefined ? 'both-added' : 'content', lines: merged.conflicts } }
}

interface Modes {
  readonly base: FileMode | undefined
  readonly ours: FileMode
  readonly theirs: FileMode
}

function mergeMode({ base, ours, theirs }: Modes): { readonly mode: FileMode; readonly isConflict: boolean } {
  if (ours === theirs || base === theirs) return { mode: ours, isConflict: false }
  if (base === ours) return { mode: theirs, isConflict: false }
  return { mode: ours, isConflict: true }
}
