import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import type { PullRequestSeen } from './pull-requests.ts'

export interface ChangedFile {
  readonly path: string
  /** Where a renamed file was before. */
  readonly previousPath: string | undefined
  /** As GitHub says it: `added`, `removed`, `modified`, `renamed`, `copied`, `changed`, `unchanged`. */
  readonly status: string
}

/** A pull request with what it says and what it changes. */
export interface PullRequestRead extends PullRequestSeen {
  readonly title: string
  readonly body: string
  readonly files: readonly ChangedFile[]
  /** GitHub lists the first 3,000 files only (REST: pulls/list-files); what this pull request changes beyond them is not known. */
  readonly isCut: boolean
}

const pull = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  head: z.object({ sha: z.string() }),
  changed_files: z.number(),
})
const file = z.object({ filename: z.string(), previous_filename: z.string().optional(), status: z.string() })

const PAGE = 100
const MAX_FILES = 3_000

/**
 * A pull request with all its changed files: two requests at once for the first hundred files, and the other pages together. Renames
 * are only told by REST. @throws {GitHubError} `GITHUB_NOT_FOUND` when there is none of this number.
 */
export async function readPullRequest(github: GitHubPort, { owner, name }: RepositoryName, number: number): Promise<PullRequestRead> {
  const place = { owner, repo: name, pull_number: number }
  const readFiles = async (page: number): Promise<readonly ChangedFile[]> => {
    const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { ...place, per_page: PAGE, page })
    return z.array(file).parse(data).map(toChangedFile)
  }
  const [{ data }, first] = await Promise.all([github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', place), readFiles(1)])
  const found = pull.parse(data)
  const pages = Math.ceil(Math.min(found.changed_files, MAX_FILES) / PAGE)
  const rest = await Promise.all(Array.from({ length: Math.max(0, pages - 1) }, (_, at) => readFiles(at + 2)))
  const files = [first, ...rest].flat()
  return {
    number: found.number,
    url: found.html_url,
    title: found.title,
    body: found.body ?? '',
    headSha: found.head.sha,
    files,
    isCut: found.changed_files > files.length,
  }
}

function toChangedFile({ filename: path, previous_filename: previousPath, status }: z.infer<typeof file>): ChangedFile {
  return { path, previousPath, status }
}
