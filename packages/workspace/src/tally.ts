import { UserError } from '@switchyard/core'
import type { TreeLimits } from './file-tree.ts'

/** Counts a tree's files and bytes while it is read, and stops the reading at the limit. */
export interface Tally {
  /** @throws {UserError} `<prefix>_TOO_MANY_FILES` or `<prefix>_TOO_LARGE`. */
  addFile(bytes: number): void
  /** Folders are limited as well: a tree of nothing but folders would never end. */
  addFolder(): void
}

export function createTally(prefix: 'TEMPLATE' | 'TREE', limits: TreeLimits): Tally {
  let files = 0
  let folders = 0
  let bytes = 0
  return {
    addFile(size) {
      bytes += size
      if (++files > limits.files) throw tooManyFiles(prefix, limits)
      if (bytes > limits.bytes) throw tooLarge(prefix, limits)
    },
    addFolder() {
      if (++folders > limits.files * 2) throw tooManyFiles(prefix, limits)
    },
  }
}

export function tooManyFiles(prefix: 'TEMPLATE' | 'TREE', { files }: TreeLimits): UserError {
  return new UserError(`${prefix}_TOO_MANY_FILES`, `${subjects[prefix]} has more than ${files} files`, {
    hint: 'Take out what can be built or installed afterwards.',
    context: { limit: files },
  })
}

export function tooLarge(prefix: 'TEMPLATE' | 'TREE', { bytes }: TreeLimits): UserError {
  return new UserError(`${prefix}_TOO_LARGE`, `${subjects[prefix]} is larger than ${Math.floor(bytes / 1_048_576)} MB`, {
    hint: 'Keep large files outside, in a release or in object storage.',
    context: { limit: bytes },
  })
}

const subjects = { TEMPLATE: 'The template', TREE: 'The tree' } as const
