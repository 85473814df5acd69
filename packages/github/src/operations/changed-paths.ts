import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

/** The most files that GitHub tells of a comparison. Source: REST, repos/compare-commits-with-basehead. */
const MOST_FILES = 300

export interface Comparison {
  /** A commit's SHA. */
  readonly base: string
  readonly head: string
}

const answer = z.object({ files: z.array(z.object({ filename: z.string(), status: z.string() })).default([]) })

/**
 * Paths that were added or changed since `base` and are still there; undefined when GitHub does not tell all of them, or `base` is no
 * commit of the repository any more. One request.
 */
export async function readChangedPaths(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { base, head }: Comparison,
): Promise<readonly string[] | undefined> {
  try {
    // Commits come in pages, and are not wanted; all files are on the first.
    const { data } = await github.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner,
      repo: name,
      basehead: `${base}...${head}`,
      per_page: 1,
    })
    const { files } = answer.parse(data)
    return files.length >= MOST_FILES ? undefined : files.flatMap(({ filename, status }) => (status === 'removed' ? [] : [filename]))
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'GITHUB_NOT_FOUND') return undefined
    throw error
  }
}
