import { runGit } from './process.ts'
import { GitProblem, NULL_OID, type Oid } from './types.ts'

export async function readArchive(directory: string, commit: Oid): Promise<Buffer> {
  const result = await runGit({ directory, args: ['archive', '--format=tar', commit] })
  if (result.code !== 0) throw new GitProblem('object-missing', commit)
  return result.stdout
}

export async function readChangedPaths(directory: string, from: Oid, to: Oid): Promise<readonly string[]> {
  const args = from === NULL_OID ? ['ls-tree', '-r', '-z', '--name-only', to] : ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]
  const result = await runGit({ directory, args })
  if (result.code !== 0) throw new GitProblem('object-missing', `${from}..${to}`)
  return result.stdout.toString('utf8').split('\0').filter((path) => path !== '')
}

export async function findMergeBase(directory: string, left: Oid, right: Oid): Promise<Oid | undefined> {
  const result = await runGit({ directory, args: ['merge-base', left, right] })
  // Exit code 1 says that the two have no common ancestor.
  if (result.code > 1) throw new GitProblem('object-missing', `${left} ${right}`)
  return result.code === 0 ? result.stdout.toString('latin1').trim() : undefined
}
