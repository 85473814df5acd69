import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@switchyard/core'
import { createConnection, createGitHub, type GitHub } from '@switchyard/github'
import { decideRelease, type ReleasePlan } from './decide-release.ts'
import { publishRelease, readReleaseFacts, type ReleasePlace } from './publish-release.ts'

type Environment = Readonly<Record<string, string | undefined>>

const DEADLINE = 5 * 60_000

/**
 * `check` says what a release would do, `publish` does it. The version and the place come from the environment, as a workflow's
 * step has it: VERSION, GITHUB_TOKEN and the runner's own variables.
 *
 * @throws UserError if the release is refused or something is not said.
 */
export async function runRelease(mode: string | undefined, env: Environment): Promise<string> {
  if (mode !== 'check' && mode !== 'publish') throw new UserError('USAGE', 'Say `check` or `publish`')
  const [owner = '', repo = ''] = need(env, 'GITHUB_REPOSITORY').split('/')
  const place = { owner, repo }
  const { github, close } = openGitHub(env)
  try {
    const facts = await readReleaseFacts(github, place, {
      version: need(env, 'VERSION'),
      branch: need(env, 'GITHUB_REF_NAME'),
      sha: need(env, 'GITHUB_SHA'),
    })
    const plan = decideRelease(facts)
    const page = mode === 'publish' ? await publishRelease(github, place, plan) : undefined
    const told = renderRelease(place, plan, page)
    if (env['GITHUB_STEP_SUMMARY'] !== undefined) await appendFile(env['GITHUB_STEP_SUMMARY'], `${told}\n`)
    return told
  } finally {
    close()
  }
}

function openGitHub(env: Environment): { readonly github: GitHub; close(): void } {
  const now = (): number => Date.now()
  const ports = {
    now,
    random: () => Math.random(),
    sleep: (ms: number) => sleep(ms, undefined),
    log: { debug: () => undefined },
    mask: () => undefined,
  }
  const connection = createConnection({ ports })
  const github = createGitHub({
    apiUrl: need(env, 'GITHUB_API_URL'),
    graphqlUrl: need(env, 'GITHUB_GRAPHQL_URL'),
    credential: { token: need(env, 'GITHUB_TOKEN') },
    deadline: now() + DEADLINE,
    connection,
    ports,
  })
  return { github, close: () => connection.close() }
}

/** What a release did or would do, for the job's summary. */
export function renderRelease(
  { owner, repo }: ReleasePlace,
  { tag, majorTag, sha, movesMajorTag, isTagged }: ReleasePlan,
  page: string | undefined,
): string {
  const done = page !== undefined
  const rows = [
    `| \`${tag}\` | ${isTagged ? 'was there already' : done ? 'made' : 'would be made'} | \`${sha}\` |`,
    !movesMajorTag
      ? `| \`${majorTag}\` | stays where it is | |`
      : `| \`${majorTag}\` | ${done ? 'points here' : 'would point here'} | \`${sha}\` |`,
  ]
  const head = done
    ? `## Released ${tag} of ${owner}/${repo}\n\n${page}`
    : `## ${tag} of ${owner}/${repo} can be released\n\nNothing was written.`
  return `${head}\n\n| tag | | commit |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

function need(env: Environment, name: string): string {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  throw new UserError('USAGE', `${name} is not set`, { hint: 'This runs in a step of .github/workflows/release.yml.' })
}
