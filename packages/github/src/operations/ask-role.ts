import { isStatus } from './is-status.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

/** Asks what somebody may do in a repository. The answer is handed on as it came: `parseRole` narrows it; undefined for no such account. */
export async function askRole(github: GitHubPort, repository: RepositoryName, login: string): Promise<unknown> {
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      owner: repository.owner,
      repo: repository.name,
      username: login,
    })
    return data
  } catch (error) {
    if (isStatus(error, 404)) return undefined
    throw error
  }
}
