import { InternalError } from '@switchyard/core'
import type { FileTree } from './file-tree.ts'
import { type GitObject, type Person, toCommitObject, toGitObject, toTreeObject, type TreeEntry } from './git-objects.ts'
import { splitPath } from './tree-paths.ts'

export interface HistoryFacts {
  readonly tree: FileTree
  readonly message: string
  readonly author: Person
  /** ms since the epoch; git keeps whole seconds. */
  readonly at: number
}

/** One commit without a parent, and all it consists of. */
export interface History {
  readonly commit: string
  /** Each once; the commit is the last. */
  readonly objects: readonly GitObject[]
  /** Whether the commit needs the right to write `.github/workflows/`. */
  readonly hasWorkflows: boolean
}

/**
 * Makes a history of one commit. Its id follows from the arguments alone, and is the one git gives.
 *
 * @throws {UserError} `TREE_PATH_UNSAFE`
 * @throws {InternalError} for a path that is a file and a folder at once.
 */
export function makeHistory({ tree, ...facts }: HistoryFacts): History {
  const objects = new Map<string, GitObject>()
  const keep = (object: GitObject): string => {
    objects.set(object.oid, object)
    return object.oid
  }
  const root = writeFolder(toFolders(tree, keep), keep)
  const commit = keep(toCommitObject({ ...facts, tree: root }))
  return { commit, objects: [...objects.values()], hasWorkflows: [...tree.keys()].some((path) => path.startsWith('.github/workflows/')) }
}

type Keep = (object: GitObject) => string
type Folder = Map<string, TreeEntry | Folder>

function toFolders(tree: FileTree, keep: Keep): Folder {
  const root: Folder = new Map()
  for (const [path, { mode, content }] of tree) {
    const names = splitPath(path)
    const name = names.at(-1) ?? ''
    const folder = names.slice(0, -1).reduce((parent, child) => enter(parent, child, path), root)
    if (folder.has(name)) throw isBoth(path)
    folder.set(name, { mode, name, oid: keep(toGitObject('blob', content)) })
  }
  return root
}

function enter(parent: Folder, name: string, path: string): Folder {
  const known = parent.get(name)
  if (known instanceof Map) return known
  if (known !== undefined) throw isBoth(path)
  const made: Folder = new Map()
  parent.set(name, made)
  return made
}

function writeFolder(folder: Folder, keep: Keep): string {
  const entries = [...folder].map(([name, entry]): TreeEntry =>
    entry instanceof Map ? { mode: '40000', name, oid: writeFolder(entry, keep) } : entry,
  )
  return keep(toTreeObject(entries))
}

function isBoth(path: string): InternalError {
  return new InternalError('A path of a tree is a file and a folder at once', { context: { path } })
}
