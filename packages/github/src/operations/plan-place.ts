import type { Selection, Variable } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

/** What the issues of a plan ask of the repository that they shall be in. */
export interface PlanPlaceWanted extends RepositoryName {
  readonly labels: readonly string[]
  /** An open milestone's title. */
  readonly milestone: string | undefined
  /** Logins. */
  readonly assignees: readonly string[]
}

/** The part of a query that resolves labels, a milestone and assignees to ids. `parsePlanFacts` narrows the answer. */
export function selectPlanFacts(prefix: string, wanted: PlanPlaceWanted): Selection<unknown> {
  const variables: Record<string, Variable> = {}
  const text = (name: string, value: string): string => {
    variables[`${prefix}${name}`] = { type: 'String!', value }
    return `$${prefix}${name}`
  }
  const fields = [
    'id isArchived hasIssuesEnabled',
    ...wanted.labels.map((name, at) => `l${at}: label(name: ${text(`L${at}`, name)}) { id name }`),
    ...wanted.assignees.map((login, at) => `u${at}: assignableUsers(first: 100, query: ${text(`U${at}`, login)}) { nodes { id login } }`),
  ]
  if (wanted.milestone !== undefined) {
    fields.push(`milestones(first: 100, states: OPEN, query: ${text('Milestone', wanted.milestone)}) { nodes { id title } }`)
  }
  const repository = `repository(owner: ${text('Owner', wanted.owner)}, name: ${text('Name', wanted.name)})`
  return {
    fields: `${prefix}Viewer: viewer { login databaseId }\n${prefix}: ${repository} {\n${fields.join('\n')}\n}`,
    variables,
    parse: (data, errors) => ({
      repository: data[prefix] ?? null,
      viewer: data[`${prefix}Viewer`] ?? null,
      refused: errors.find(({ path }) => path?.[0] === prefix) ?? errors.find(({ path }) => (path ?? []).length === 0),
    }),
  }
}
