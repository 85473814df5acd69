import {
  decidePreflight,
  type NameFacts,
  type OwnerFacts,
  type Preflight,
  type RepositoryPlan,
  type TokenFacts,
} from '@switchyard/bootstrapping'
import { GitHubError } from '@switchyard/core'
import type { OwnerSeen, OrganizationRuleset } from '@switchyard/github/operations'
import type { Permissions } from '@switchyard/github'
import type { Credential } from './reach.ts'

/** What was learned of owner, name and credential; judged once the tree is known. */
export interface PreflightReading {
  judge(permissions: Permissions): Promise<Preflight>
}

/** Asks about owner and name, at once. Rules of the organisation are asked for where something will be pushed. */
export async function readPreflight(
  credential: Credential,
  repo: RepositoryPlan,
  { asksRules }: { readonly asksRules: boolean },
): Promise<PreflightReading> {
  const operations = await import('@switchyard/github/operations')
  const { github } = credential
  const scopes: { value: readonly string[] | undefined } = { value: undefined }
  const [owner, name, rulesets] = await Promise.all([
    operations.readOwner(github, repo.owner),
    readName(credential, repo, scopes),
    asksRules ? operations.readOrganizationRulesets(github, repo.owner) : undefined,
  ])
  // Personal repositories are made for whoever the token is.
  const login = owner?.kind === 'user' && credential.kind === 'token' ? await readLogin(credential) : null
  const facts = { owner: toOwnerFacts(owner, rulesets, repo), name }
  return {
    async judge(permissions) {
      const token = toTokenFacts(credential, { scopes: scopes.value, login, missing: await credential.findMissing(permissions) })
      return decidePreflight({ ...facts, token }, { repo, hasWorkflows: 'workflows' in permissions })
    },
  }
}

/** Anything but 200 and 404 tells nothing. A classic token's scopes come with every answer. */
async function readName(
  { github }: Credential,
  { owner, name }: RepositoryPlan,
  scopes: { value: readonly string[] | undefined },
): Promise<NameFacts> {
  try {
    await github.request('GET /repos/{owner}/{repo}', { owner, repo: name })
    return 'taken'
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.code === 'GITHUB_UNAUTHORIZED') throw error
    scopes.value = error.grantedScopes
    return error.status === 404 ? 'free' : 'unknown'
  }
}

async function readLogin({ github }: Credential): Promise<string | null> {
  const { readTokenIdentity } = await import('@switchyard/github/operations')
  const identity = await readTokenIdentity(github)
  return identity.kind === 'user' ? identity.login : null
}

interface TokenSeen {
  readonly scopes: readonly string[] | undefined
  readonly login: string | null
  readonly missing: readonly string[]
}

function toTokenFacts({ kind }: Credential, { scopes, login, missing }: TokenSeen): TokenFacts {
  switch (kind) {
    case 'app':
      return { kind, missing }
    case 'job':
      return { kind }
    case 'token':
      return scopes === undefined ? { kind: 'fine-grained', login } : { kind: 'classic', login, scopes }
  }
}

function toOwnerFacts(
  owner: OwnerSeen | undefined,
  rulesets: readonly OrganizationRuleset[] | undefined,
  { name }: RepositoryPlan,
): OwnerFacts {
  if (owner === undefined) return { kind: 'missing' }
  if (owner.kind === 'user') return { kind: 'user', login: owner.login }
  const { membersCreate = null, membersCreatePrivate = null, membersCreatePublic = null } = owner.policy ?? {}
  const narrowed = (flag: boolean | null): boolean | null => (membersCreate === false ? false : flag)
  return {
    kind: 'organization',
    login: owner.login,
    membersCanCreate: { private: narrowed(membersCreatePrivate), public: narrowed(membersCreatePublic), internal: narrowed(null) },
    requiresSignatures: rulesets === undefined ? null : rulesets.some((ruleset) => asksSignatures(ruleset, name)),
  }
}

/** A ruleset that chooses repositories otherwise than by plain names may mean any. */
function asksSignatures({ isActive, rules, branches, repositories }: OrganizationRuleset, name: string): boolean {
  if (!isActive || !rules.includes('required_signatures')) return false
  const isMain = branches.include.some((pattern) => ['~ALL', '~DEFAULT_BRANCH', 'refs/heads/main'].includes(pattern))
  const isOurs =
    repositories === undefined ||
    repositories.include.some((pattern) => pattern === '~ALL' || /[*?[]/.test(pattern) || pattern.toLowerCase() === name.toLowerCase())
  return isMain && isOurs && !branches.exclude.includes('refs/heads/main') && !(repositories?.exclude ?? []).includes(name)
}
