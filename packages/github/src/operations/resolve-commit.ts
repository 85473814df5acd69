import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

/**
 * The commit that a branch, a tag (an annotated one, too) or a SHA names; undefined when none of these is there.
 *
 * @throws {GitHubError} when the repository cannot be read. Source: REST, commits/get-commit: 422 is said of a ref that is not there.
 */
export async function resolveCommit(github: GitHubPort, { owner, name }: RepositoryName, ref: string): Promise<string | undefined> {
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', { owner, repo: name, ref, per_page: 1 })
    return z.object({ sha: z.string() }).parse(data).sha
  } catch (error) {
    if (error instanceof GitHubError && error.status === 422) return undefined
    throw error
  }
}
