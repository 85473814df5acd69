import type { Fault } from '@switchyard/core'

/** Everything that can be wrong with the paths, links and size of a tree. */
export const TREE_FAULTS = [
  'path-empty',
  'path-absolute',
  'path-dot-segment',
  'path-parent',
  'path-git',
  'path-backslash',
  'path-newline',
  'path-control-character',
  'path-not-unicode',
  'path-too-long',
  'path-too-deep',
  'name-too-long',
  'names-differ-in-case',
  'file-and-folder',
  'below-link',
  'link-not-a-path',
  'link-absolute',
  'link-leaves-tree',
  'link-into-git',
  'link-loop',
  'link-special-file',
  'too-many-files',
  'tree-too-large',
] as const
export type TreeFaultCode = (typeof TREE_FAULTS)[number]

export interface TreeFault extends Fault {
  readonly code: TreeFaultCode
  /** The path that is at fault; left out when it is the tree as a whole. */
  readonly path?: string
}

/** A path inside a message: quoted, with everything that could mislead its reader written as an escape. */
export function quotePath(path: string): string {
  const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path
  // Backticks are escaped as well: messages show paths as code.
  return `\`${shown.replace(/[\p{C}\p{Zl}\p{Zp}\\`]/gu, escapeCharacter)}\``
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return character === '\\' ? '\\\\' : `\\u{${code.toString(16)}}`
}
