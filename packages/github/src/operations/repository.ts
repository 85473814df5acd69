import type { GraphqlFault, Selection, Variable } from '@switchyard/core'
import type { RepositoryName } from './port.ts'

/** What is wanted of a repository: files as of its default branch's head, and whether some refs exist. */
export interface RepositoryWanted extends RepositoryName {
  readonly files: readonly string[]
  /** A folder whose files are all wanted with their texts. */
  readonly folder?: string
  /** Fully qualified: `refs/heads/main`. */
  readonly refs?: readonly string[]
}

const BLOB = '... on Blob { oid text isTruncated isBinary }'

/**
 * The part of a query that reads one repository. All files are read through the head commit of the default branch, so
 * they belong together. `prefix` keeps its aliases and variables apart from others in the same request. The answer is
 * handed on as it came: `parseRepository` narrows it.
 */
export function selectRepository(prefix: string, wanted: RepositoryWanted): Selection<unknown> {
  const variables: Record<string, Variable> = {
    [`${prefix}Owner`]: { type: 'String!', value: wanted.owner },
    [`${prefix}Name`]: { type: 'String!', value: wanted.name },
  }
  const variable = (name: string, value: string): string => {
    variables[`${prefix}${name}`] = { type: 'String!', value }
    return `$${prefix}${name}`
  }
  const files = wanted.files.map((path, at) => `f${at}: file(path: ${variable(`F${at}`, path)}) { object { ${BLOB} } }`)
  if (wanted.folder !== undefined) {
    files.push(
      `folder: file(path: ${variable('Folder', wanted.folder)}) { object { ... on Tree { entries { name object { ${BLOB} } } } } }`,
    )
  }
  const refs = (wanted.refs ?? []).map((ref, at) => `r${at}: ref(qualifiedName: ${variable(`R${at}`, ref)}) { name }`)
  return {
    fields: `${prefix}: repository(owner: $${prefix}Owner, name: $${prefix}Name) {
  databaseId nameWithOwner visibility isArchived
  defaultBranchRef { name target { oid ${files.length === 0 ? '' : `... on Commit { ${files.join(' ')} }`} } }
  ${refs.join(' ')}
}`,
    variables,
    parse: (data, errors) => ({ repository: data[prefix] ?? null, refused: findRefusal(prefix, errors) }),
  }
}

/** The error that concerns this part, or the query as a whole: one without a path tells of neither. */
function findRefusal(prefix: string, errors: readonly GraphqlFault[]): GraphqlFault | undefined {
  return errors.find((error) => error.path?.[0] === prefix) ?? errors.find((error) => (error.path ?? []).length === 0)
}
