import { lstat, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InternalError, UserError } from '@switchyard/core'
import { inBatches } from './batches.ts'
import type { FileTree, TreeFile } from './file-tree.ts'
import { foldPath, splitPath } from './tree-paths.ts'

/**
 * Writes a tree into an empty folder. All is checked before the first file is written, and symlinks are made last: so
 * nothing is ever written through one.
 *
 * @throws {UserError} `TREE_PATH_UNSAFE`, `TREE_PATHS_COLLIDE` (equal but for case or accents' spelling, or a file that is a
 * folder, too) or `TREE_LINK_LEAVES`.
 * @throws {InternalError} when the folder is not an empty one.
 */
export async function writeTreeTo(folder: string, tree: FileTree): Promise<void> {
  checkNames(tree)
  const links = [...tree].filter(([, { mode }]) => mode === '120000')
  for (const [path, { content }] of links) checkTarget(path, content)
  await requireEmpty(folder)
  const folders = new Set([...tree.keys()].map((path) => dirname(path)))
  for (const name of folders) await mkdir(join(folder, name), { recursive: true })
  await inBatches(
    [...tree].filter(([, { mode }]) => mode !== '120000'),
    ([path, file]) => writeNew(join(folder, path), file),
  )
  for (const [path, { content }] of links) await symlink(Buffer.from(content), join(folder, path))
}

/** `wx` opens no file that is there, and no symlink. */
async function writeNew(path: string, { mode, content }: TreeFile): Promise<void> {
  await writeFile(path, content, { flag: 'wx', mode: mode === '100755' ? 0o755 : 0o644 })
}

function checkNames(tree: FileTree): void {
  const seen = new Map<string, { readonly name: string; readonly isFile: boolean }>()
  for (const path of tree.keys()) {
    const names = splitPath(path)
    for (const [index] of names.entries()) {
      const name = names.slice(0, index + 1).join('/')
      const isFile = index === names.length - 1
      const known = seen.get(foldPath(name))
      if (known === undefined) seen.set(foldPath(name), { name, isFile })
      else if (known.name !== name || known.isFile || isFile) throw collide(known.name, path)
    }
  }
}

function collide(first: string, second: string): UserError {
  return new UserError('TREE_PATHS_COLLIDE', `${JSON.stringify(first)} and ${JSON.stringify(second)} are one path on some computers`, {
    hint: 'Rename one of them.',
    context: { first, second },
  })
}

/**
 * A link's target may climb, but only at its beginning: climbing after a name could climb out of where another link leads.
 * Its own folder is a real one, so the names of the path count.
 */
function checkTarget(path: string, content: Uint8Array): void {
  const target = Buffer.from(content).toString('utf8')
  const steps = target.split('/')
  const climbs = steps.findIndex((step) => step !== '..')
  const rest = climbs === -1 ? [] : steps.slice(climbs)
  const depth = path.split('/').length - 1
  const climbed = climbs === -1 ? steps.length : climbs
  const isInside = climbed <= depth && !rest.includes('..') && !/^$|^\/|[\0\\]|^[a-z]:/i.test(target)
  if (!isInside || rest.some((step) => /^(\.git|git~1)$/i.test(step))) {
    throw new UserError('TREE_LINK_LEAVES', `The symlink ${JSON.stringify(path)} leads out of the tree`, { context: { path, target } })
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || (await readdir(folder)).length > 0) throw new InternalError('A tree is written into an empty folder only')
}
