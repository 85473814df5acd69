import type { Outcome } from '@switchyard/action'
import { escapeMarkdown, inlineCode, renderTable, UserError } from '@switchyard/core'
import { type MembershipSeen, readMemberships, readOwner, readTokenIdentity } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import { type Credential, READ_CONTENTS } from './reach.ts'
import type { Spec } from './run.ts'

/** A token that ends sooner is worth a warning. Source: bootstrap contract, 7 days. */
const WARN_MS = 7 * 24 * 60 * 60_000

interface OwnerHint {
  readonly login: string
  readonly hint: 'can create' | 'policy unknown' | 'policy blocks private repositories'
}

/** Who the credential is, what it may do, where it can make repositories: hints, since only the creation knows. */
export async function verifyToken(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const owner = inputs.owner ?? context.repository.owner
  const credential = await door.reach.credentialFor(owner, READ_CONTENTS)
  if (credential.kind === 'job') throw new UserError('CREDENTIAL_MISSING', 'Neither `bootstrap-token` nor an App was given.', { hint: 'Give one of them: the job’s own token can make no repositories.' })
  const identity = await readTokenIdentity(credential.github)
  const who = identity.kind === 'user' ? `${identity.login} (${identity.scopes === null ? 'fine-grained token' : 'classic token'})` : `an App, which reaches ${identity.repositories} repositories of ${owner}`
  const problems = identity.kind === 'user' && identity.scopes !== null && !identity.scopes.includes('repo') ? ['The classic token lacks the scope `repo`.'] : []
  const warnings = identity.kind === 'user' ? findWarnings(identity, door.connection.serverNow()) : []
  const owners = await findOwners(credential, { identity, owner })
  const rows = owners.map(({ login, hint }) => [inlineCode(login), hint])
  return {
    decision: problems.length === 0 ? 'done' : 'failed',
    reasonCode: problems.length === 0 ? 'token-fit' : 'token-unfit',
    headline: `The credential is ${who}.${problems.length === 0 ? '' : ` ${problems.join(' ')}`}`,
    result: { identity: identity.kind, login: identity.kind === 'user' ? identity.login : null, scopes: identity.kind === 'user' ? identity.scopes : null, owners: owners.map(({ login, hint }) => ({ login, hint })) },
    summary: [`### ${escapeMarkdown(who)}`, '', ...[...problems, ...warnings].map((line) => `- ${line}`), '', renderTable(['Owner', 'Hint'], rows), '', 'These are hints: GitHub decides when a repository is made.', ''].join('\n'),
    annotations: warnings.map((message) => ({ level: 'warning', message })),
  }
}

function findWarnings({ scopes, expiresAt }: { readonly scopes: readonly string[] | null; readonly expiresAt: number | null }, now: number): readonly string[] {
  return [
    ...(scopes !== null && !scopes.includes('workflow') ? ['Without the scope `workflow`, recipes that write workflows are refused.'] : []),
    ...(expiresAt !== null && expiresAt - now < WARN_MS ? [`The token ends on ${new Date(expiresAt).toISOString().slice(0, 10)}.`] : []),
  ]
}

/** Every owner that the credential can name: none is hidden on doubt. */
async function findOwners(
  { github }: Credential,
  { identity, owner }: { readonly identity: Awaited<ReturnType<typeof readTokenIdentity>>; readonly owner: string },
): Promise<readonly OwnerHint[]> {
  if (identity.kind === 'installation') return [{ login: owner, hint: 'can create' }]
  const memberships = (await readMemberships(github)) ?? []
  const organizations = await Promise.all(memberships.map(async (membership) => ({ login: membership.login, hint: await hintOf(github, membership) })))
  return [{ login: identity.login, hint: 'can create' }, ...organizations]
}

async function hintOf(github: Credential['github'], { login, role, mayCreateRepositories }: MembershipSeen): Promise<OwnerHint['hint']> {
  if (role === 'admin' || mayCreateRepositories === true) return 'can create'
  const policy = (await readOwner(github, login))?.policy
  const isAllowed = policy?.membersCreate === false ? false : policy?.membersCreatePrivate
  if (isAllowed === true) return 'can create'
  return isAllowed === false || mayCreateRepositories === false ? 'policy blocks private repositories' : 'policy unknown'
}
