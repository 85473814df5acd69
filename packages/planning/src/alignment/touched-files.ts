import { doubleSlashes, matchesGlob, parsePathPattern } from './path-pattern.ts'

/** A file that a pull request changes. */
export interface ChangedFile {
  readonly path: string
  /** Its name before, where the pull request renames it. It counts under both names. */
  readonly previousPath?: string | undefined
}

/** Most globs of one task that are held against the changed files: somebody else's plan decides how long that takes. */
export const MAX_GLOBS = 100

export interface TouchedFiles {
  /** Entries as written, in the task's order. */
  readonly touched: readonly string[]
  readonly missing: readonly string[]
  /** Changed files, by their new name, that an entry names. */
  readonly named: ReadonlySet<string>
}

/** Which entries of `Files:` a pull request touches, and which of its files they name. Globs after the first 100 match nothing. */
export function findTouchedFiles(entries: readonly string[], changed: readonly ChangedFile[]): TouchedFiles {
  const names = changed.flatMap(({ path, previousPath }) => [path, ...(previousPath === undefined ? [] : [previousPath])])
  const byFolder = groupByFolder(names)
  const doubled = names.map((name) => ({ name, doubled: doubleSlashes(name) }))
  const hits = new Set<string>()
  const touched: string[] = []
  const missing: string[] = []
  let globs = 0
  for (const entry of new Set(entries)) {
    const pattern = parsePathPattern(entry)
    if (pattern.kind === 'glob') globs += 1
    const findGlobbed = (glob: typeof pattern & { kind: 'glob' }): readonly string[] =>
      globs > MAX_GLOBS ? [] : doubled.filter((each) => matchesGlob(each.doubled, glob)).map(({ name }) => name)
    const found = pattern.kind === 'path' ? (byFolder.get(pattern.path) ?? []) : findGlobbed(pattern)
    for (const name of found) hits.add(name)
    ;(found.length > 0 ? touched : missing).push(entry)
  }
  const named = changed.filter(({ path, previousPath }) => hits.has(path) || (previousPath !== undefined && hits.has(previousPath)))
  return { touched, missing, named: new Set(named.map(({ path }) => path)) }
}

/** Names by themselves, by each folder above them, and by '' for the repository. */
function groupByFolder(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  const add = (key: string, name: string): void => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [name])
    else group.push(name)
  }
  for (const name of new Set(names)) {
    add(name, name)
    add('', name)
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) add(name.slice(0, at), name)
  }
  return groups
}
