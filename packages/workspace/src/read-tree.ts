import { constants } from 'node:fs'
import { lstat, open, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import { inBatches } from './batches.ts'
import { type FileTree, sortTree, TREE_LIMITS, type TreeFile, type TreeLimits } from './file-tree.ts'
import { createTally, type Tally, tooLarge } from './tally.ts'

/**
 * Reads a folder's files, new ones included, without whatever is called `.git`. Symlinks are read and not followed.
 *
 * @throws {UserError} `TREE_TOO_MANY_FILES`, `TREE_TOO_LARGE`, `TREE_SPECIAL_FILE` (a socket, a pipe, a device) or
 * `TREE_PATH_NOT_UTF8`.
 */
export async function readTreeFrom(folder: string, { limits = TREE_LIMITS }: { readonly limits?: TreeLimits } = {}): Promise<FileTree> {
  const tally = createTally('TREE', limits)
  const found: string[] = []
  await list({ folder, tally, found }, '')
  return sortTree(await inBatches(found, async (path) => [path, await readFile(folder, path, limits)] as const))
}

interface Listing {
  readonly folder: string
  readonly tally: Tally
  /** Paths of files and symlinks. */
  readonly found: string[]
}

async function list(listing: Listing, parent: string): Promise<void> {
  const { folder, tally, found } = listing
  for (const entry of await readdir(join(folder, parent), { withFileTypes: true })) {
    if (entry.name.toLowerCase() === '.git') continue
    const path = parent === '' ? entry.name : `${parent}/${entry.name}`
    if (path.includes('\uFFFD')) throw notUtf8(path)
    if (entry.isDirectory()) {
      tally.addFolder()
      await list(listing, path)
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      tally.addFile((await lstat(join(folder, path))).size)
      found.push(path)
    } else {
      throw new UserError('TREE_SPECIAL_FILE', `${JSON.stringify(path)} is neither a file nor a folder nor a symlink`, {
        context: { path },
      })
    }
  }
}

async function readFile(folder: string, path: string, limits: TreeLimits): Promise<TreeFile> {
  const place = join(folder, path)
  if ((await lstat(place)).isSymbolicLink()) return { mode: '120000', content: await readlink(place, { encoding: 'buffer' }) }
  // Should it have become a symlink meanwhile, it is not followed.
  const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const { mode, size } = await file.stat()
    if (size > limits.bytes) throw tooLarge('TREE', limits)
    return { mode: (mode & 0o100) === 0 ? '100644' : '100755', content: await file.readFile() }
  } finally {
    await file.close()
  }
}

/** Node shows bytes that are no UTF-8 by this sign; such a name could not be written back as it was. */
export function notUtf8(path: string, prefix: 'TREE' | 'TEMPLATE' = 'TREE'): UserError {
  return new UserError(`${prefix}_PATH_NOT_UTF8`, `The path ${JSON.stringify(path)} is not UTF-8`, {
    hint: 'Rename it.',
    context: { path },
  })
}
