import type { FileTree } from '@switchyard/bootstrapping'
import { GitHubError } from '@switchyard/core'
import type { GitHub, RepositoryName } from '@switchyard/github'
import { createCommit, createFile, createTree, readRef, updateRef } from '@switchyard/github/operations'
import { toTreeEntries } from './tree-entries.ts'

export interface ApiCommit {
  readonly tree: FileTree
  readonly message: string
  /** The file that begins the repository: GitHub takes no tree into an empty one (REST: git/create-tree answers 409). */
  readonly first: string
}

const MAIN = 'refs/heads/main'

/**
 * The first commit made by GitHub itself, which signs what an App commits in its own name. Done again, it ends with the same files.
 * Where rules forbid that the beginning is replaced, it stays below the commit.
 */
export async function commitByApi(github: GitHub, repository: RepositoryName, { tree, message, first }: ApiCommit): Promise<string> {
  const main = await readRef(github, repository, MAIN)
  const bytes = tree.get(first)?.content ?? new Uint8Array()
  const begun = main.state === 'at' ? main.sha : await createFile(github, repository, { path: first, bytes, message, branch: 'main' })
  const written = await createTree(github, repository, { files: await toTreeEntries(github, repository, tree) })
  const root = await createCommit(github, repository, { message, tree: written, parents: [] })
  try {
    await updateRef(github, repository, { ref: MAIN, sha: root.sha, force: true })
    return root.sha
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 422) throw error
  }
  const next = await createCommit(github, repository, { message, tree: written, parents: [begun] })
  await updateRef(github, repository, { ref: MAIN, sha: next.sha })
  return next.sha
}
