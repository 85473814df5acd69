import { entryType, parseTree, renderTree } from './encoding.ts'
import type { Objects } from './objects.ts'
import { GitProblem, type Oid, type PathEntry, type TreeChange, type TreeEntry } from './types.ts'

export async function readTree(objects: Objects, oid: Oid): Promise<readonly TreeEntry[] | undefined> {
  const object = await objects.read(oid)
  return object?.type === 'tree' ? parseTree(object.data) : undefined
}

export async function readPath(objects: Objects, root: Oid, path: string): Promise<PathEntry | undefined> {
  let found: PathEntry = { mode: '040000', type: 'tree', name: '', path: '', oid: root }
  for (const name of path.split('/').filter((part) => part !== '')) {
    const entries = found.type === 'tree' ? await readTree(objects, found.oid) : undefined
    const entry = entries?.find((each) => each.name === name)
    if (entry === undefined) return undefined
    found = { ...entry, path: found.path === '' ? name : `${found.path}/${name}` }
  }
  return found
}

/** Writes the tree that results from the changes; sub-trees that become empty disappear, as in git. */
export async function writeTree(objects: Objects, base: Oid | undefined, changes: readonly TreeChange[]): Promise<Oid> {
  for (const change of changes) {
    if (!isTreePath(change.path)) throw new GitProblem('path-malformed', change.path)
  }
  const written = await writeFolder(
    objects,
    base,
    changes.map((change) => ({ change, rest: change.path.split('/') })),
  )
  return written ?? objects.write('tree', Buffer.alloc(0))
}

/** A path git accepts in a tree: relative, no empty, `.`, `..` or `.git` part. */
export function isTreePath(path: string): boolean {
  return (
    path !== '' && !path.includes('\0') && path.split('/').every((part) => part !== '' && !['.', '..', '.git'].includes(part.toLowerCase()))
  )
}

interface Pending {
  readonly change: TreeChange
  readonly rest: readonly string[]
}

async function writeFolder(objects: Objects, base: Oid | undefined, changes: readonly Pending[]): Promise<Oid | undefined> {
  const old = base === undefined ? [] : await readTree(objects, base)
  if (old === undefined) throw new GitProblem('object-missing', base ?? '')
  const entries = new Map(old.map((entry) => [entry.name, entry]))
  for (const [name, group] of Map.groupBy(changes, (each) => each.rest[0] ?? '')) {
    const entry = await changeEntry(objects, entries.get(name), { name, group })
    if (entry === undefined) entries.delete(name)
    else entries.set(name, entry)
  }
  if (entries.size === 0) return undefined
  return objects.write('tree', renderTree([...entries.values()]))
}

async function changeEntry(
  objects: Objects,
  old: TreeEntry | undefined,
  { name, group }: { readonly name: string; readonly group: readonly Pending[] },
): Promise<TreeEntry | undefined> {
  let entry = old
  const deeper = group.filter((each) => each.rest.length > 1)
  for (const { change } of group.filter((each) => each.rest.length === 1)) {
    if (!('remove' in change)) entry = { name, mode: change.mode, type: entryType(change.mode), oid: change.oid }
    else if (entry === undefined) throw new GitProblem('path-missing', change.path)
    else entry = undefined
  }
  if (deeper.length === 0) return entry
  const removed = deeper.find((each) => 'remove' in each.change)
  if (removed !== undefined && entry?.type !== 'tree') throw new GitProblem('path-missing', removed.change.path)
  const folder = entry?.type === 'tree' ? entry.oid : undefined
  const oid = await writeFolder(
    objects,
    folder,
    deeper.map(({ change, rest }) => ({ change, rest: rest.slice(1) })),
  )
  return oid === undefined ? undefined : { name, mode: '040000', type: 'tree', oid }
}
