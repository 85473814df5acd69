import type { GraphqlFault, Selection, Variable } from '@switchyard/core'
import { forbiddenError } from './errors.ts'
import { getNumber, getText, member, readBlob } from './github-answers.ts'
import type { LedgerPlace, Reading, Wanted } from './store.ts'

/** The fields of a file that is wanted with its text. */
export const BLOB_FIELDS = 'object { ... on Blob { text isTruncated } }'

/** A repository's owner and name. */
export function splitRepository(repository: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = repository.split('/')
  return { owner, name }
}

/** Fields for files below a commit, each by an alias of its own, with the variables for their paths. */
export function selectFiles(paths: readonly string[], fields: string, prefix: string): { fields: string; variables: Record<string, Variable> } {
  return {
    fields: paths.map((_, index) => `${prefix}${index}: file(path: $${prefix}${index}) { ${fields} }`).join('\n'),
    variables: Object.fromEntries(paths.map((path, index) => [`${prefix}${index}`, { type: 'String!', value: path }])),
  }
}

/**
 * Everything a transaction reads, as a piece of a query that a door can send together with its own. Files are read through the head
 * commit itself, so that they and the head that a commit will name belong together by construction.
 */
export function selectLedger(place: LedgerPlace, wanted: Wanted): Selection<Omit<Reading<unknown>, 'beside'>> {
  const { owner, name } = splitRepository(place.repository)
  const files = selectFiles(wanted.files, BLOB_FIELDS, 'ledgerFile')
  const folders = selectFiles(wanted.folders, 'type', 'ledgerFolder')
  return {
    fields: `ledger: repository(owner: $ledgerOwner, name: $ledgerName) {
  databaseId
  visibility
  ref(qualifiedName: $ledgerRef) { target { oid ... on Commit {
${files.fields}
${folders.fields}
  } } }
}`,
    variables: {
      ledgerOwner: { type: 'String!', value: owner },
      ledgerName: { type: 'String!', value: name },
      ledgerRef: { type: 'String!', value: `refs/heads/${place.branch}` },
      ...files.variables,
      ...folders.variables,
    },
    parse: (data, errors) => parseLedgerAnswer(place, wanted, { repository: data['ledger'], errors }),
  }
}

function parseLedgerAnswer(
  place: LedgerPlace,
  wanted: Wanted,
  answer: { readonly repository: unknown; readonly errors: readonly GraphqlFault[] },
): Omit<Reading<unknown>, 'beside'> {
  const { repository } = answer
  if (repository === null || repository === undefined) throw forbiddenError(place, 'read')
  const fault = answer.errors.find(({ path }) => path?.[0] === 'ledger')
  if (fault) throw forbiddenError(place, 'read', new Error(fault.message))
  const target = member(repository, 'ref', 'target')
  const isThere = target !== null && target !== undefined
  return {
    head: isThere ? getText(target, 'oid') : undefined,
    repositoryId: getNumber(repository, 'databaseId'),
    isPublic: getText(repository, 'visibility') === 'PUBLIC',
    files: new Map(wanted.files.map((path, index) => [path, readBlob(member(target, `ledgerFile${index}`), path)])),
    folders: new Map(wanted.folders.map((path, index) => [path, member(target, `ledgerFolder${index}`, 'type') === 'tree'])),
  }
}
