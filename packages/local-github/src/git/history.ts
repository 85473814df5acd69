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

const statuses: Readonly<Record<string, LineChange['status']>> = { A: 'added', D: 'removed' }

export async function readLineChanges(directory: string, from: Oid, to: Oid): Promise<readonly LineChange[]> {
  const diff = async (how: string): Promise<readonly string[]> => {
    const result = await runGit({ directory, args: ['diff-tree', '-r', '-z', '--no-renames', how, from, to] })
    if (result.code !== 0) throw new GitProblem('object-missing', `${from}..${to}`)
    return result.stdout
      .toString('utf8')
      .split('\0')
      .filter((part) => part !== '')
  }
  const [names, counts] = await Promise.all([diff('--name-status'), diff('--numstat')])
  const status = new Map(
    names.flatMap((letter, at) => (at % 2 === 0 ? [[names[at + 1] ?? '', statuses[letter] ?? 'modified'] as const] : [])),
  )
  return counts.map((line) => {
    const [added = '', deleted = '', path = ''] = line.split('\t')
    // What is not text is counted with a dash.
    const count = (text: string): number | undefined => (text === '-' ? undefined : Number(text))
    return { path, status: status.get(path) ?? 'modified', additions: count(added), deletions: count(deleted) }
  })
}
