import { GitHubError, UserError } from '@switchyard/core'
import { type AppIdentity, signAppJwt } from './app-jwt.ts'
import { createGitHub } from './client.ts'
import { type Installation, parseInstallation, parseToken } from './installation-answers.ts'
import type { InstallationTokens, Permissions, TokenOutcome, TokenScope } from './installation-types.ts'
import type { GitHub, GitHubOptions, GitHubResponse } from './types.ts'

export type InstallationTokensOptions = AppIdentity & Omit<GitHubOptions, 'credential'>

/** A token is made anew when it has less than this left. */
const SPARE_MS = 5 * 60_000
/** A clock that is further off than this explains a refused JWT. */
const CLOCK_TOLERANCE_MS = 30_000

/** Installation tokens of one App, by owner and scope. Each token is masked before it is handed out. */
export function createInstallationTokens(options: InstallationTokensOptions): InstallationTokens {
  const app = createAppClient(options)
  const installations = new Map<string, Promise<Installation | undefined>>()
  const tokens = new Map<string, Promise<TokenOutcome>>()

  const readInstallation = (owner: string): Promise<Installation | undefined> =>
    remember(installations, owner.toLowerCase(), () => findInstallation(app, owner))

  const isFresh = (outcome: TokenOutcome): boolean =>
    outcome.kind !== 'token' || outcome.expiresAt - options.connection.serverNow() > SPARE_MS

  return {
    async tokenFor(owner, scope) {
      const key = JSON.stringify([owner.toLowerCase(), scopeKey(scope)])
      const make = async (): Promise<TokenOutcome> => {
        const outcome = await createToken(app, await readInstallation(owner), scope)
        if (outcome.kind === 'token') options.ports.mask(outcome.token)
        return outcome
      }
      const outcome = await remember(tokens, key, make)
      if (isFresh(outcome)) return outcome
      tokens.delete(key)
      return remember(tokens, key, make)
    },
    async findMissing(owner, permissions) {
      const installation = await readInstallation(owner)
      return installation === undefined ? [] : findMissing(permissions, installation.permissions)
    },
  }
}

/** The promise itself is kept, so that those who ask at the same time share one request. A failure is not kept. */
function remember<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key)
  if (known) return known
  const made = make()
  cache.set(key, made)
  made.catch(() => cache.delete(key))
  return made
}

function scopeKey({ repositories, permissions }: TokenScope): unknown {
  const names = repositories?.map((name) => name.toLowerCase()).sort() ?? null
  return [names, Object.entries(permissions).sort(([left], [right]) => (left < right ? -1 : 1))]
}

type AppClient = Pick<GitHub, 'request'>

/**
 * A client that speaks as the App. A JWT that is refused while the local clock proves wrong is signed once more by GitHub's
 * clock, which the refusal itself has told.
 */
function createAppClient(options: InstallationTokensOptions): AppClient {
  const { connection, ports } = options
  const readToken = async (): Promise<string> => {
    const jwt = signAppJwt(options, connection.serverNow())
    ports.mask(jwt)
    return jwt
  }
  const github = createGitHub({ ...options, credential: { readToken } })
  return {
    async request(...args) {
      const offsetBefore = connection.serverNow() - ports.now()
      try {
        return await github.request(...args)
      } catch (thrown) {
        const shift = Math.abs(connection.serverNow() - ports.now() - offsetBefore)
        if (thrown instanceof GitHubError && thrown.status === 401 && shift > CLOCK_TOLERANCE_MS) return github.request(...args)
        throw explainRefusal(thrown)
      }
    },
  }
}

function explainRefusal(thrown: unknown): unknown {
  if (!(thrown instanceof GitHubError) || thrown.status !== 401) return thrown
  return new UserError('APP_KEY_REFUSED', 'GitHub does not accept the App id with this private key.', {
    hint: 'Check that the id (or client id) and the key belong to the same App, and that the key was not deleted in its settings.',
    cause: thrown,
  })
}

/** This route knows organisations as well as users, in one request (as create-github-app-token relies on). */
async function findInstallation(app: AppClient, owner: string): Promise<Installation | undefined> {
  const answer = await unless(404, app.request('GET /users/{username}/installation', { username: owner }))
  return answer && parseInstallation(answer.data)
}

async function createToken(app: AppClient, installation: Installation | undefined, scope: TokenScope): Promise<TokenOutcome> {
  if (!installation) return { kind: 'not-installed' }
  if (installation.isSuspended) return { kind: 'suspended' }
  const missing = findMissing(scope.permissions, installation.permissions)
  if (missing.length > 0) return { kind: 'permission-not-granted', missing }
  // An unused token harms nobody, so a lost answer may be asked for again.
  const asked = app.request(
    'POST /app/installations/{installation_id}/access_tokens',
    { installation_id: installation.id, permissions: scope.permissions, repositories: scope.repositories },
    { idempotent: true },
  )
  const answer = scope.repositories === undefined ? await asked : await unless(422, asked)
  return answer ? { kind: 'token', ...parseToken(answer.data, scope.permissions) } : { kind: 'repository-not-installed' }
}

async function unless(status: number, asked: Promise<GitHubResponse>): Promise<GitHubResponse | undefined> {
  try {
    return await asked
  } catch (thrown) {
    if (thrown instanceof GitHubError && thrown.status === status) return undefined
    throw thrown
  }
}

const LEVELS = ['read', 'write', 'admin']

/** Known from the lookup, since GitHub's 422 does not say by its status whether a repository or a permission is at fault. */
function findMissing(wanted: Permissions, granted: Permissions): string[] {
  const level = (name: string | undefined): number => (name === undefined ? -1 : LEVELS.indexOf(name))
  return Object.entries(wanted)
    .filter(([name, needed]) => level(granted[name]) < level(needed))
    .map(([name, needed]) => `${name}: ${needed}`)
}
