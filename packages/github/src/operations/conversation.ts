import type { Selection } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

const COMMENT = 'id databaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login }'

export interface ConversationWanted extends RepositoryName {
  readonly number: number
  /** Where a page before this one ended (`earlier`); left out: the newest comments. */
  readonly before?: string | undefined
}

/** The part of a query that reads an issue with a hundred of its comments. The answer is handed on as it came: `parseConversation` narrows it. */
export function selectConversation(prefix: string, { owner, name, number, before }: ConversationWanted): Selection<unknown> {
  const page = before === undefined ? 'last: 100' : `last: 100, before: $${prefix}Before`
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) { issue(number: $${prefix}Number) {
      id number title body state author { login }
      comments(${page}) { pageInfo { hasPreviousPage startCursor } nodes { ${COMMENT} } }
    } }`,
    variables: {
      [`${prefix}Owner`]: { type: 'String!', value: owner },
      [`${prefix}Name`]: { type: 'String!', value: name },
      [`${prefix}Number`]: { type: 'Int!', value: number },
      ...(before !== undefined && { [`${prefix}Before`]: { type: 'String!', value: before } }),
    },
    parse: (data, errors) => ({ repository: data[prefix], refused: errors.find(({ path }) => path?.[0] === prefix) }),
  }
}

/** How much of each is read: what waits stands last. */
const RECENT = { issues: 40, comments: 25 } as const

/** The part of a query that reads the issues that changed last, with their newest comments. `parseRecentIssues` narrows the answer. */
export function selectRecentIssues(
  prefix: string,
  { owner, name, since }: RepositoryName & { readonly since: string },
): Selection<unknown> {
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) {
      issues(first: ${RECENT.issues}, orderBy: { field: UPDATED_AT, direction: DESC }, filterBy: { since: $${prefix}Since }) {
        nodes { number comments(last: ${RECENT.comments}) { nodes { ${COMMENT} } } }
      }
    }`,
    variables: {
      [`${prefix}Owner`]: { type: 'String!', value: owner },
      [`${prefix}Name`]: { type: 'String!', value: name },
      [`${prefix}Since`]: { type: 'DateTime!', value: since },
    },
    parse: (data) => ({ repository: data[prefix] }),
  }
}
