import { createConnection, createGitHub } from '@switchyard/github'
import type { LocalGitHub } from '@switchyard/local-github'
import type { FileTree } from '@switchyard/workspace'

/** How many bytes of files one tree takes: GitHub ends a request after ten seconds. */
const SLICE_BYTES = 1_000_000

interface Way {
  readonly repository: string
  push(tree: FileTree): Promise<void>
}

/** What others use in place of git: each makes a commit of its own of a tree, in a repository that has a first one. */
export function openApiWays(
  github: LocalGitHub,
  { token, owner }: { readonly token: string; readonly owner: string },
  names: { readonly contents: string; readonly data: string },
) {
  const ports = { now: Date.now, random: Math.random, sleep: async () => undefined, log: { debug: () => undefined }, mask: () => undefined }
  const connection = createConnection({ ports })
  const { apiUrl, graphqlUrl } = github
  const { request } = createGitHub({ apiUrl, graphqlUrl, credential: { token }, deadline: Date.now() + 600_000, connection, ports })
  const contents: Way = {
    repository: names.contents,
    async push(tree) {
      for (const [path, { content }] of tree) {
        const encoded = Buffer.from(content).toString('base64')
        await request('PUT /repos/{owner}/{repo}/contents/{+path}', {
          owner,
          repo: names.contents,
          path,
          message: `Add ${path}`,
          content: encoded,
        })
      }
    },
  }
  const data: Way = {
    repository: names.data,
    async push(tree) {
      const at = { owner, repo: names.data }
      let base: string | undefined
      for (const slice of cutTree(tree)) {
        const { data: made } = await request('POST /repos/{owner}/{repo}/git/trees', {
          ...at,
          tree: slice,
          ...(base === undefined ? {} : { base_tree: base }),
        })
        base = shaOf(made)
      }
      const { data: head } = await request('GET /repos/{owner}/{repo}/commits/{ref}', { ...at, ref: 'main' })
      const { data: commit } = await request('POST /repos/{owner}/{repo}/git/commits', {
        ...at,
        message: 'Begin',
        tree: base,
        parents: [shaOf(head)],
      })
      await request('PATCH /repos/{owner}/{repo}/git/refs/{+ref}', { ...at, ref: 'heads/main', sha: shaOf(commit) })
    },
  }
  return { contents, data, close: () => connection.close() }
}

function cutTree(tree: FileTree): readonly object[][] {
  const slices: object[][] = [[]]
  let bytes = 0
  for (const [path, { mode, content }] of tree) {
    bytes += content.length
    if (bytes > SLICE_BYTES) {
      slices.push([])
      bytes = content.length
    }
    slices.at(-1)?.push({ path, mode, type: 'blob', content: Buffer.from(content).toString('utf8') })
  }
  return slices
}

function shaOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'sha' in answer && typeof answer.sha === 'string') return answer.sha
  throw new TypeError('GitHub named no object')
}
