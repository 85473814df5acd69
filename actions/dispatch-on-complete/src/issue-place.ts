import { UserError } from '@switchyard/core'
import { type GitHub, type RepositoryName, selectRepository } from '@switchyard/github'
import { parseRepository, type RepositoryFacts } from '@switchyard/github/operations'

/** Who can read the place where issues are written. @throws {UserError} `ISSUE_REPOSITORY_NOT_FOUND`. */
export async function readVisibility(github: GitHub, repository: RepositoryName): Promise<RepositoryFacts['visibility']> {
  const wanted = { ...repository, files: [] }
  const [answer] = await github.select([selectRepository('issues', wanted)])
  const found = parseRepository(answer, wanted)
  if (found !== undefined) return found.visibility
  throw new UserError(
    'ISSUE_REPOSITORY_NOT_FOUND',
    `The issue repository ${repository.owner}/${repository.name} does not exist, or the token cannot see it.`,
    {
      hint: 'Check `issue-repository`; the job’s own token reaches its own repository only.',
    },
  )
}
