import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'

/** A check run as it is to be seen: `key` is its marker, by which it is found again. */
export interface CheckRunWanted {
  readonly repository: RepositoryName
  readonly headSha: string
  readonly name: string
  readonly key: string
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'skipped' | 'action_required'
  readonly title: string
  /** At most 65,535 characters (REST: checks/create). */
  readonly summary: string
  /** As long, and below it. */
  readonly text?: string
  readonly detailsUrl?: string
  /** One that is there already is left as it is: it tells more than this one would. */
  readonly keepExisting?: boolean
}

export interface CheckRunSeen {
  readonly id: number
  readonly url: string
}

const seen = z.object({ id: z.number(), html_url: z.string().nullable(), external_id: z.string().nullish() })

/**
 * Draws a check run, or draws it anew when it may be there already (`mayExist`: somebody drew it before, or was killed
 * just then). One request when it is new, two when it is looked up first.
 */
export async function drawCheckRun(github: GitHubPort, wanted: CheckRunWanted, mayExist: boolean): Promise<CheckRunSeen> {
  const existing = mayExist ? await findCheckRun(github, wanted) : undefined
  if (existing !== undefined && wanted.keepExisting) return existing
  const place = { owner: wanted.repository.owner, repo: wanted.repository.name }
  const body = {
    name: wanted.name,
    status: 'completed',
    conclusion: wanted.conclusion,
    external_id: wanted.key,
    output: { title: wanted.title, summary: wanted.summary, ...(wanted.text === undefined ? {} : { text: wanted.text }) },
    ...(wanted.detailsUrl === undefined ? {} : { details_url: wanted.detailsUrl }),
  }
  const { data } =
    existing === undefined
      ? await github.request('POST /repos/{owner}/{repo}/check-runs', { ...place, head_sha: wanted.headSha, ...body })
      : await github.request(
          'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
          { ...place, check_run_id: existing.id, ...body },
          { idempotent: true },
        )
  return toSeen(seen.parse(data))
}

function toSeen({ id, html_url: url }: z.infer<typeof seen>): CheckRunSeen {
  return { id, url: url ?? '' }
}

async function findCheckRun(github: GitHubPort, wanted: CheckRunWanted): Promise<CheckRunSeen | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner: wanted.repository.owner,
    repo: wanted.repository.name,
    ref: wanted.headSha,
    check_name: wanted.name,
    filter: 'all',
    per_page: 100,
  })
  const runs = z.object({ check_runs: z.array(seen) }).parse(data).check_runs
  const found = runs.find((run) => run.external_id === wanted.key)
  return found && toSeen(found)
}

/** What a check run says. */
export interface CheckRunShown {
  readonly conclusion: string | undefined
  readonly title: string | undefined
}

/** The newest check run of this name on a commit; undefined when there is none. */
export async function findLatestCheckRun(
  github: GitHubPort,
  wanted: Pick<CheckRunWanted, 'repository' | 'headSha' | 'name'>,
): Promise<CheckRunShown | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner: wanted.repository.owner,
    repo: wanted.repository.name,
    ref: wanted.headSha,
    check_name: wanted.name,
    // Of each App its latest: a release has more of them than a page holds.
    filter: 'latest',
    per_page: 100,
  })
  const shown = z.object({ id: z.number(), conclusion: z.string().nullable(), output: z.object({ title: z.string().nullable() }) })
  const [newest] = z
    .object({ check_runs: z.array(shown) })
    .parse(data)
    .check_runs.sort((left, right) => right.id - left.id)
  return newest && { conclusion: newest.conclusion ?? undefined, title: newest.output.title ?? undefined }
}
