import type { Selection } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

export interface SurfacesWanted extends RepositoryName {
  readonly numbers: readonly number[]
  /** Bodies are up to 65,536 characters each: asked for only to be compared, with the title and who edited it last. */
  readonly withBodies: boolean
}

/** The part of a query that reads issues to draw on. The answer is handed on as it came: `parseSurfaces` narrows it. */
export function selectSurfaces(prefix: string, { owner, name, numbers, withBodies }: SurfacesWanted): Selection<unknown> {
  const body = withBodies ? 'title body lastEditedAt editor { login }' : ''
  const issues = numbers.map((number, at) => `n${at}: issue(number: ${number}) { id number url state ${body} }`)
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) { id ${issues.join(' ')} }`,
    variables: { [`${prefix}Owner`]: { type: 'String!', value: owner }, [`${prefix}Name`]: { type: 'String!', value: name } },
    parse: (data, errors) => ({
      repository: data[prefix] ?? null,
      // GitHub says of each that it is not there; whatever else it could not answer proves nothing.
      lost: numbers.filter((_, at) =>
        errors.some(({ type, path }) => type === 'NOT_FOUND' && path?.[0] === prefix && path[1] === `n${at}`),
      ),
    }),
  }
}
