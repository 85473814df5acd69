import { runGit } from './process.ts'
import { GitProblem, type LineChange, NULL_OID, type Oid } from './types.ts'

export async function readArchive(directory: string, commit: Oid): Promise<Buffer> {
  const result = await runGit({ directory, args: ['archive', '--format=tar', commit] })
  if (result.code !== 0) throw new GitProblem('object-missing', commit)
  return result.stdout
}

export async function readChangedPaths(directory: string, from: Oid, to: Oid): Promise<readonly string[]> {
  const args =
    from === NULL_OID ? ['ls-tree', '-r', '-z', '--name-only', to] : ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]
  const result = await runGit({ directory, args })
  if (result.code !== 0) throw new GitProblem('object-missing', `${from}..${to}`)
  return result.stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '')
}

export async function findMergeBase(directory: string, left: Oid, right: Oid): Promise<Oid | undefined> {
  const result = await runGit({ directory, args: ['merge-base', left, right] })
  // Exit code 1 says that the two have no common ancestor.
  if (result.code > 1) throw new GitProblem('object-missing', `${left} ${right}`)
  return result.code === 0 ? result.stdout.toString('latin1').trim() : undefined
}

/** Joins without a work tree; exit code 1 says that there are conflicts. */
export async function mergeTree(directory: string, ours: Oid, theirs: Oid): Promise<Oid | undefined> {
  const result = await runGit({
    directory,
    args: ['merge-tree', '--write-tree', '--no-messages', '--allow-unrelated-histories', ours, theirs],
  })
  if (result.code > 1) throw new GitProblem('git-failed', result.stderr)
  return result.code === 0 ? result.stdout.toString('latin1').trim() : undefined
}

const statuses: Readonly<Record<string, LineChange['status']>> = { A: 'added', D: 'removed', R: 'renamed' }

/** Renames are found as git finds them unless told otherwise: half of the text is the same. */
export async function readLineChanges(directory: string, from: Oid, to: Oid): Promise<readonly LineChange[]> {
  const diff = async (how: string): Promise<readonly string[]> => {
    const result = await runGit({ directory, args: ['diff-tree', '-r', '-z', '-M', how, from, to] })
    if (result.code !== 0) throw new GitProblem('object-missing', `${from}..${to}`)
    return result.stdout.toString('utf8').split('\0').slice(0, -1)
  }
  const [names, counts] = await Promise.all([diff('--name-status'), diff('--numstat')])
  const status = new Map(readStatuses(names))
  return readCounts(counts).map(({ path, previous, added, deleted }) => {
    const letter = status.get(path) ?? 'M'
    return { path, previous, status: statuses[letter] ?? 'modified', additions: count(added), deletions: count(deleted) }
  })
}

/** What is not text is counted with a dash. */
const count = (text: string): number | undefined => (text === '-' ? undefined : Number(text))

/** `M`, path; or `R100`, path before, path now. */
function* readStatuses(parts: readonly string[]): Iterable<readonly [path: string, letter: string]> {
  for (let at = 0; at < parts.length;) {
    const letter = (parts[at] ?? '').slice(0, 1)
    const width = letter === 'R' ? 3 : 2
    yield [parts[at + width - 1] ?? '', letter]
    at += width
  }
}

interface Counted {
  readonly path: string
  readonly previous: string | undefined
  readonly added: string
  readonly deleted: string
}

/** `1<tab>2<tab>path`; a rename leaves the path empty, and both paths follow. */
function readCounts(parts: readonly string[]): readonly Counted[] {
  const found: Counted[] = []
  for (let at = 0; at < parts.length; at += 1) {
    const [added = '', deleted = '', path = ''] = (parts[at] ?? '').split('\t')
    if (path !== '') {
      found.push({ path, previous: undefined, added, deleted })
      continue
    }
    found.push({ path: parts[at + 2] ?? '', previous: parts[at + 1], added, deleted })
    at += 2
  }
  return found
}
