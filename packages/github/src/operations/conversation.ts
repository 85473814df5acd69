import type { Selection } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

/** The part of a query that reads an issue with its newest comments. The answer is handed on as it came: `parseConversation` narrows it. */
export function selectConversation(
  prefix: string,
  { owner, name, number }: RepositoryName & { readonly number: number },
): Selection<unknown> {
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) { issue(number: $${prefix}Number) {
      number body state author { login }
      comments(last: 100) { nodes { id databaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login } } }
    } }`,
    variables: {
      [`${prefix}Owner`]: { type: 'String!', value: owner },
      [`${prefix}Name`]: { type: 'String!', value: name },
      [`${prefix}Number`]: { type: 'Int!', value: number },
    },
    parse: (data, errors) => ({ repository: data[prefix], refused: errors.find(({ path }) => path?.[0] === prefix) }),
  }
}
