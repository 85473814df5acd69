import { fullJitter, GitHubError } from '@switchyard/core'
import { type GitService, nameOf, sendToGit } from './git-request.ts'
import type { GitRemote } from './http-exchange.ts'
import { notGit, parsePackets, toLine } from './packet-lines.ts'

/** What a repository holds, as it introduces itself before a fetch or a push. */
export interface RefListing {
  readonly service: GitService
  /** Commit or tag by full name (`refs/heads/main`); none in a repository without a commit. */
  readonly refs: ReadonlyMap<string, string>
  readonly capabilities: ReadonlySet<string>
  /** The repository's address today: another one after it was renamed. */
  readonly url: string
}

/** How long to ask on while a repository that was just made is not there yet. */
export interface Patience {
  readonly limitMs: number
  /** ms, by any clock that goes on. */
  now(): number
  sleep(ms: number): Promise<void>
  /** From 0 (included) to 1 (not included). */
  random(): number
}

export interface ProbeRequest extends GitRemote {
  /** Whom the listing is for; unless given, a push, since it also tells whether the token may write. */
  readonly service?: GitService
  /** Left out: one question, one answer. */
  readonly patience?: Patience
}

/**
 * Asks a repository for its refs: one request, or as many as `patience` allows while the answer is 404, 409, 5xx or none.
 *
 * @throws {GitHubError} the last refusal.
 */
export async function probeRefs(request: ProbeRequest): Promise<RefListing> {
  const { patience, service = 'git-receive-pack' } = request
  const endsAt = patience === undefined ? 0 : patience.now() + patience.limitMs
  for (let attempt = 0; ; attempt++) {
    try {
      const { body, url } = await sendToGit(request, { method: 'GET', service })
      const base = readBase(url, request.url)
      if (service === 'git-receive-pack' && base !== trimmed(request.url)) throw hasMoved(request.url)
      return { ...parseListing(body, service), url: base }
    } catch (error) {
      if (patience === undefined || !isPassing(error)) throw error
      const waitMs = fullJitter(attempt, patience.random()) + 50
      if (patience.now() + waitMs > endsAt) throw error
      await patience.sleep(waitMs)
    }
  }
}

const passing: readonly string[] = ['GITHUB_NOT_FOUND', 'GITHUB_CONFLICT', 'GITHUB_UNAVAILABLE', 'GITHUB_UNREACHABLE', 'GITHUB_ANSWER_LOST']

function isPassing(error: unknown): boolean {
  return error instanceof GitHubError && passing.includes(error.code)
}

/** Where a redirect within the same host has led. Another host never gets the token, and so is never asked. */
function readBase(answered: string, asked: string): string {
  const url = new URL(answered)
  const isSameHost = url.origin === new URL(asked).origin && url.pathname.endsWith('/info/refs')
  return isSameHost ? `${url.origin}${url.pathname.slice(0, -'/info/refs'.length)}` : trimmed(asked)
}

function trimmed(url: string): string {
  return new URL(url).href.replace(/\/$/, '')
}

/** Nothing is pushed to where another name leads: it may be somebody else's repository. */
function hasMoved(asked: string): GitHubError {
  return new GitHubError('GITHUB_GONE', `git: ${nameOf(asked)} has moved`, {
    status: 301,
    route: 'GET /{owner}/{repo}.git/info/refs?service=git-receive-pack',
    hint: 'Name the repository as it is called today.',
    context: { repository: nameOf(asked) },
  })
}

/** Source: git-scm.com/docs/http-protocol, "Smart Server Response". */
function parseListing(bytes: Uint8Array, service: GitService): Omit<RefListing, 'url'> {
  const [head, ...packets] = parsePackets(bytes)
  if (head === undefined || toLine(head) !== `# service=${service}`) throw notGit()
  const refs = new Map<string, string>()
  let capabilities: ReadonlySet<string> = new Set()
  for (const packet of packets) {
    if (packet === undefined) continue
    const [line = '', announced] = toLine(packet).split('\0')
    if (announced !== undefined) capabilities = new Set(announced.trim().split(' '))
    const [, oid, name] = /^([0-9a-f]{40}) (.+)$/.exec(line) ?? []
    if (oid === undefined || name === undefined) throw notGit()
    // The line of a repository without refs.
    if (name !== 'capabilities^{}') refs.set(name, oid)
  }
  return { service, refs, capabilities }
}
