import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

const commits = z.array(z.object({ sha: z.string() }))
/** Texts that one query asks for: each may have half a megabyte. */
const PER_QUERY = 10

/** The texts that a file of the default branch has had, newest first, each once in a row; at most `limit` of its commits are looked at. */
export async function readFileVersions(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { path, limit }: { readonly path: string; readonly limit: number },
): Promise<readonly string[]> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits', { owner, repo: name, path, per_page: Math.min(limit, 100) })
  const shas = commits.parse(data).map(({ sha }) => sha)
  const texts: string[] = []
  for (let at = 0; at < shas.length; at += PER_QUERY) {
    texts.push(...(await readTexts(github, { owner, name }, { path, shas: shas.slice(at, at + PER_QUERY) })))
  }
  // Between two commits with the same text it was gone, or was no text.
  return texts.filter((text, at) => text !== texts[at - 1])
}

async function readTexts(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { path, shas }: { readonly path: string; readonly shas: readonly string[] },
): Promise<readonly string[]> {
  const fields = shas.map((_, at) => `v${at}: object(expression: $e${at}) { ... on Blob { text isTruncated } }`)
  const head = ['$owner: String!', '$name: String!', ...shas.map((_, at) => `$e${at}: String!`)]
  const variables = { owner, name, ...Object.fromEntries(shas.map((sha, at) => [`e${at}`, `${sha}:${path}`])) }
  const { data } = await github.graphql(
    `query(${head.join(', ')}) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`,
    variables,
    { idempotent: true },
  )
  const blob = z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullable()
  const found = z.object({ repository: z.record(z.string(), blob) }).parse(data).repository
  return shas.flatMap((_, at) => {
    const version = found[`v${at}`]
    return typeof version?.text === 'string' && version.isTruncated !== true ? [version.text] : []
  })
}

const told = z.array(z.object({ sha: z.string(), html_url: z.string(), commit: z.object({ message: z.string() }) }))

/** The newest of a file's last 100 commits in the default branch whose message holds a text; undefined when none does. */
export async function findCommitWith(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<{ readonly sha: string; readonly url: string } | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits', { owner, repo: name, path, per_page: 100 })
  const found = told.parse(data).find(({ commit }) => commit.message.includes(text))
  return found && { sha: found.sha, url: found.html_url }
}
