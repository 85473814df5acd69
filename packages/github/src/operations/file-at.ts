import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import { toRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

const answer = z.object({
  repository: z.object({ object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullable() }).nullish(),
})

/**
 * A file's text as of a commit; undefined when it is not there, is no text, or is larger than GitHub hands out.
 *
 * @throws {GitHubError} `GITHUB_NOT_FOUND` for a repository that this token does not see, another code when it is refused otherwise.
 */
export async function readFileAt(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { path, commit }: { readonly path: string; readonly commit: string },
): Promise<string | undefined> {
  const { data, errors } = await github.graphql(
    'query($owner: String!, $name: String!, $expression: String!) { repository(owner: $owner, name: $name) { object(expression: $expression) { ... on Blob { text isTruncated } } } }',
    { owner, name, expression: `${commit}:${path}` },
    { idempotent: true },
  )
  const { repository } = answer.parse(data)
  if (!repository) {
    const [fault] = errors
    if (fault !== undefined) throw toRefusal(fault, 'contents: read')
    throw new GitHubError('GITHUB_UNEXPECTED', `GitHub told nothing of ${owner}/${name}`, { status: 200, route: 'POST /graphql' })
  }
  const found = repository.object
  return found?.isTruncated === true ? undefined : (found?.text ?? undefined)
}
