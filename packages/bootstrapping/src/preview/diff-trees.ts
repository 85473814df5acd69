import { compareCodePoints } from '../tree/code-points.ts'
import type { FileMode, FileTree, TreeFile } from '../tree/file-tree.ts'
import { isSameContent, isSameFile } from '../tree/text.ts'
import { type Patch, patchOf } from './patch-of.ts'

/** Most UTF-16 units of all patches together, and most files that are told with theirs. */
export const MAX_DIFF_LENGTH = 256 * 1024

/** How one file of the result differs from the template. */
export interface FileChange extends Patch {
  readonly path: string
  readonly change: 'added' | 'changed' | 'deleted' | 'renamed'
  /** Where a renamed file stood. */
  readonly from?: string
  /** Old and new mode, where both are and they differ. */
  readonly modes?: readonly [FileMode, FileMode]
}

export interface TreeDiff {
  /** By path. */
  readonly changes: readonly FileChange[]
  /** Whether some patches were left out for their size. */
  readonly isCut: boolean
}

/** What a recipe made of a template. A file that moved without a change of its content is told as renamed. */
export function diffTrees(template: FileTree, result: FileTree): TreeDiff {
  const moved = findRenames(template, result)
  const sources = new Set(moved.values())
  const paths = new Set([...template.keys(), ...result.keys()])
  let left = MAX_DIFF_LENGTH
  let isCut = false
  const changes: FileChange[] = []
  for (const path of [...paths].sort(compareCodePoints)) {
    const from = moved.get(path)
    const [old, now] = [template.get(from ?? path), result.get(path)]
    if ((now === undefined && sources.has(path)) || (from === undefined && isSameFile(old, now))) continue
    const patch = patchOf(path, { old, now })
    const fits = patch.patch === undefined || patch.patch.length <= left
    if (!fits || patch.isTooLarge) isCut = true
    if (fits) left -= patch.patch?.length ?? 0
    changes.push({
      path,
      ...kindOf(old, now),
      ...(from !== undefined && { change: 'renamed', from }),
      ...(fits ? patch : withoutText(patch)),
    })
  }
  return { changes, isCut }
}

function withoutText({ patch: _, ...rest }: Patch): Patch {
  return { ...rest, isTooLarge: true }
}

function kindOf(old: TreeFile | undefined, now: TreeFile | undefined): Pick<FileChange, 'change' | 'modes'> {
  if (old === undefined) return { change: 'added' }
  if (now === undefined) return { change: 'deleted' }
  return { change: 'changed', ...(old.mode !== now.mode && { modes: [old.mode, now.mode] as const }) }
}

/** New paths by the old path whose content they have; each old path is used once, empty files never. */
function findRenames(template: FileTree, result: FileTree): ReadonlyMap<string, string> {
  const gone = [...template].filter(([path, file]) => !result.has(path) && file.content.byteLength > 0)
  const renames = new Map<string, string>()
  for (const [path, file] of result) {
    if (template.has(path)) continue
    const index = gone.findIndex(([, old]) => old.mode === file.mode && isSameContent(old.content, file.content))
    const [source] = index < 0 ? [] : gone.splice(index, 1)
    if (source !== undefined) renames.set(path, source[0])
  }
  return renames
}
