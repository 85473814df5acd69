import { treeOf, withoutFile } from '../tree/change-tree.ts'
import { findCollisions } from '../tree/check-tree.ts'
import { compareCodePoints } from '../tree/code-points.ts'
import type { FileTree, TreeFile } from '../tree/file-tree.ts'
import { findLinkFault, linksOf } from '../tree/links.ts'
import { isSameFile } from '../tree/text.ts'
import { type FileConflict, mergeFile } from './merge-file.ts'
import type { Labels } from './merge-text.ts'

export interface Conflict extends FileConflict {
  readonly path: string
  /** What the template has there now; undefined: nothing. */
  readonly theirs: TreeFile | undefined
}

export interface MergedTrees {
  /** What to write to the repository, by path; null: delete the file. */
  readonly changes: ReadonlyMap<string, TreeFile | null>
  /** By path. */
  readonly conflicts: readonly Conflict[]
}

export interface ThreeTrees {
  /** The recipe on the template as the receipt names them. */
  readonly base: FileTree
  /** The recipe on the template as they are now. */
  readonly theirs: FileTree
  /** The repository's files. */
  readonly ours: FileTree
  /** The template's new version, for the marks. */
  readonly version: string
}

/**
 * Brings what changed in a template and a catalogue into a repository that went on by itself. What the repository has is
 * never lost: it stays, is joined with the change, or stands beside it between marks.
 */
export function mergeTrees({ base, theirs, ours, version }: ThreeTrees): MergedTrees {
  const labels: Labels = { ours: 'yours', theirs: `template ${version.replace(/\s+/g, ' ')}` }
  const changes = new Map<string, TreeFile | null>()
  const conflicts: Conflict[] = []
  // What only the repository has is its own affair.
  for (const path of [...new Set([...base.keys(), ...theirs.keys()])].sort(compareCodePoints)) {
    const versions = { base: base.get(path), ours: ours.get(path), theirs: theirs.get(path) }
    const merged = mergeFile(versions, labels)
    if (!isSameFile(merged.file, versions.ours)) changes.set(path, merged.file ?? null)
    conflicts.push(...merged.conflicts.map((conflict) => ({ path, theirs: versions.theirs, ...conflict })))
  }
  const misplaced = findMisplaced(ours, changes)
  for (const path of misplaced) changes.delete(path)
  const taken = misplaced.map((path): Conflict => ({ path, theirs: theirs.get(path), kind: 'place-taken', lines: [] }))
  return { changes, conflicts: [...conflicts, ...taken].sort((left, right) => compareCodePoints(left.path, right.path)) }
}

/** The repository's files with the changes made. */
export function applyChanges(ours: FileTree, changes: ReadonlyMap<string, TreeFile | null>): FileTree {
  const files = new Map(ours)
  for (const [path, file] of changes) {
    if (file === null) files.delete(path)
    else files.set(path, file)
  }
  return treeOf(files)
}

/** New files whose place the repository took meanwhile: by a folder, a link, or the same name in another case. */
function findMisplaced(ours: FileTree, changes: ReadonlyMap<string, TreeFile | null>): readonly string[] {
  const merged = applyChanges(ours, changes)
  const links = linksOf(merged)
  const fresh = [...changes].flatMap(([path, file]) => (file !== null && (!ours.has(path) || file.mode === '120000') ? [path] : []))
  const astray = fresh.filter((path) => links.size > 0 && merged.get(path)?.mode === '120000' && findLinkFault(links, path) !== undefined)
  const standing = astray.reduce(withoutFile, merged)
  if (findCollisions(standing, [...standing.keys()]).length === 0) return astray
  return [
    ...astray,
    ...findColliding(
      standing,
      fresh.filter((path) => !astray.includes(path)),
    ),
  ]
}

/** Adds new files one by one to those that were there: each that falls together with one of them is named. */
function findColliding(merged: FileTree, fresh: readonly string[]): readonly string[] {
  let standing = fresh.reduce(withoutFile, merged)
  const before = findCollisions(standing, [...standing.keys()]).length
  return fresh.filter((path) => {
    const file = merged.get(path)
    if (file === undefined) return false
    const tried = treeOf([...standing, [path, file]])
    if (findCollisions(tried, [...tried.keys()]).length > before) return true
    standing = tried
    return false
  })
}
