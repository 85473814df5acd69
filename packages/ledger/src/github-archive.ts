import { combineSelections, type GraphqlRequest, type Selection, slicesOf } from '@switchyard/core'
import { getList, getNumber, getText, member, readBlob } from './github-answers.ts'
import type { RestRequest } from './github-branch.ts'
import { BLOB_FIELDS, selectFiles, splitRepository } from './github-selection.ts'
import type { LedgerPlace, TreeFile } from './store.ts'

/** Texts asked for in one query: at 100 KB each, an answer stays within what GitHub makes in its 10 seconds. */
const TEXTS_PER_QUERY = 100
/** Queries under way at a time. */
const PARALLEL_QUERIES = 4
const HISTORY = 30

/** Texts at a commit. */
export async function readTexts(
  graphql: GraphqlRequest,
  place: LedgerPlace,
  from: { readonly commit: string; readonly paths: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const pages = [...slicesOf(from.paths, TEXTS_PER_QUERY)]
  const texts = new Map<string, string>()
  const work = async (): Promise<void> => {
    for (let paths = pages.shift(); paths; paths = pages.shift()) {
      const commit = await askCommit(graphql, place, { commit: from.commit, inside: selectFiles(paths, BLOB_FIELDS, 'f') })
      for (const [index, path] of paths.entries()) {
        const text = readBlob(member(commit, `f${index}`), path)
        if (text !== undefined) texts.set(path, text)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL_QUERIES, pages.length) }, work))
  return texts
}

/** The commits that touched a path, newest first. */
export async function readHistory(
  graphql: GraphqlRequest,
  place: LedgerPlace,
  from: { readonly commit: string; readonly path: string },
): Promise<readonly string[]> {
  const inside = {
    fields: `history(first: ${HISTORY}, path: $path) { nodes { oid } }`,
    variables: { path: { type: 'String!', value: from.path } },
  }
  const commit = await askCommit(graphql, place, { commit: from.commit, inside })
  return getList(commit, 'history', 'nodes').map((node) => getText(node, 'oid'))
}

async function askCommit(
  graphql: GraphqlRequest,
  place: LedgerPlace,
  from: { readonly commit: string; readonly inside: Pick<Selection<unknown>, 'fields' | 'variables'> },
): Promise<unknown> {
  const { owner, name } = splitRepository(place.repository)
  const { document, variables } = combineSelections([
    {
      fields: `repository(owner: $owner, name: $name) { object(oid: $commit) { ... on Commit { ${from.inside.fields} } } }`,
      variables: {
        owner: { type: 'String!', value: owner },
        name: { type: 'String!', value: name },
        commit: { type: 'GitObjectID!', value: from.commit },
        ...from.inside.variables,
      },
      parse: () => undefined,
    },
  ])
  const { data } = await graphql(document, variables, { idempotent: true })
  return member(data, 'repository', 'object')
}

/** All files below a folder of a commit, or of all of it. */
export async function listFiles(
  rest: RestRequest,
  place: LedgerPlace,
  from: { readonly commit: string; readonly folder: string | undefined },
): Promise<readonly TreeFile[]> {
  const { owner, name } = splitRepository(place.repository)
  const readTree: ReadTree = async (sha, isRecursive) => {
    const parameters = { owner, repo: name, tree_sha: sha, ...(isRecursive ? { recursive: '1' } : {}) }
    return (await rest('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters)).data
  }
  let sha = from.commit
  for (const part of from.folder?.split('/') ?? []) {
    const entry = getList(await readTree(sha, false), 'tree').find((candidate) => member(candidate, 'path') === part)
    if (entry === undefined) return []
    sha = getText(entry, 'sha')
  }
  return listTree(readTree, sha, from.folder === undefined ? '' : `${from.folder}/`)
}

type ReadTree = (sha: string, isRecursive: boolean) => Promise<unknown>

/** GitHub cuts a recursive listing at 100,000 entries (REST git/get-tree): what is larger is listed folder by folder. */
async function listTree(readTree: ReadTree, sha: string, prefix: string): Promise<TreeFile[]> {
  const all = await readTree(sha, true)
  if (member(all, 'truncated') !== true) return getList(all, 'tree').flatMap((entry) => toFile(entry, prefix))
  const entries = getList(await readTree(sha, false), 'tree')
  const files = entries.flatMap((entry) => toFile(entry, prefix))
  for (const entry of entries.filter((candidate) => member(candidate, 'type') === 'tree')) {
    files.push(...(await listTree(readTree, getText(entry, 'sha'), `${prefix}${getText(entry, 'path')}/`)))
  }
  return files
}

function toFile(entry: unknown, prefix: string): TreeFile[] {
  return member(entry, 'type') === 'blob' ? [{ path: `${prefix}${getText(entry, 'path')}`, size: getNumber(entry, 'size') }] : []
}
