import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

const answer = z.object({ repository: z.object({ object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullable() }) })

/** A file's text as of a commit; undefined when it is not there, is no text, or is larger than GitHub hands out. */
export async function readFileAt(github: GitHubPort, { owner, name }: RepositoryName, { path, commit }: { readonly path: string; readonly commit: string }): Promise<string | undefined> {
  const { data } = await github.graphql(
    'query($owner: String!, $name: String!, $expression: String!) { repository(owner: $owner, name: $name) { object(expression: $expression) { ... on Blob { text isTruncated } } } }',
    { owner, name, expression: `${commit}:${path}` },
    { idempotent: true },
  )
  const found = answer.parse(data).repository.object
  return found?.isTruncated === true ? undefined : (found?.text ?? undefined)
}
