import type { Outcome } from '@switchyard/action'
import { escapeMarkdown, GitHubError, inlineCode, renderTable, UserError } from '@switchyard/core'
import { readOwner, readTokenIdentity, type TokenIdentity } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import { findOwnerHints, type OwnerHint } from './owner-hints.ts'
import { type Credential, READ_CONTENTS } from './reach.ts'
import type { Spec } from './run.ts'

/** A token that ends sooner is worth a warning. Source: bootstrap contract, 7 days. */
const WARN_MS = 7 * 24 * 60 * 60_000

/** What was found out about a credential. */
interface Findings {
  readonly who: string
  readonly identity: TokenIdentity
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
  readonly owners: readonly OwnerHint[]
}

/** Who the credential is, what it may do, where it can make repositories: hints, since only the creation knows. */
export async function verifyToken(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const owner = inputs.owner ?? context.repository.owner
  const credential = await door.reach.credentialFor(owner, READ_CONTENTS)
  if (credential.kind === 'job') {
    throw new UserError('CREDENTIAL_MISSING', 'Neither `bootstrap-token` nor an App was given.', {
      hint: 'Give one of them: the job’s own token can make no repositories.',
    })
  }
  const identity = await readIdentity(credential)
  if (identity === undefined) return tell({ problems: ['GitHub does not accept the token: it is wrong, has ended, or was revoked.'] })
  return tell(
    identity.kind === 'user'
      ? await judgePerson(door, { credential, identity, owner })
      : await judgeApp(door, { credential, identity, owner }),
  )
}

async function readIdentity({ github }: Credential): Promise<TokenIdentity | undefined> {
  try {
    return await readTokenIdentity(github)
  } catch (error) {
    if (error instanceof GitHubError && error.status === 401) return undefined
    throw error
  }
}

const UNTOLD =
  'No endpoint tells a fine-grained token’s permissions: it needs `administration: write` and `contents: write`, and `workflows: write` for recipes that write workflows.'

interface Asked<Identity> {
  readonly credential: Credential
  readonly identity: Identity
  readonly owner: string
}

async function judgePerson(
  door: Door,
  { credential, identity, owner }: Asked<Extract<TokenIdentity, { kind: 'user' }>>,
): Promise<Findings> {
  const { login, scopes, expiresAt } = identity
  const isNear = expiresAt !== null && expiresAt - door.connection.serverNow() < WARN_MS
  return {
    who: `${login} (${scopes === null ? 'fine-grained token' : 'classic token'})`,
    identity,
    problems: scopes === null || scopes.includes('repo') ? [] : ['The classic token lacks the scope `repo`.'],
    warnings: [
      ...(scopes !== null && !scopes.includes('workflow')
        ? ['Without the scope `workflow`, recipes that write workflows are refused.']
        : []),
      ...(scopes === null ? [UNTOLD] : []),
      ...(isNear ? [`The token ends on ${new Date(expiresAt).toISOString().slice(0, 10)}.`] : []),
    ],
    owners: await findOwnerHints(credential, { login, owner }),
  }
}

/** An App is what its installation grants, and makes repositories in organisations only. */
async function judgeApp(
  door: Door,
  { credential, identity, owner }: Asked<Extract<TokenIdentity, { kind: 'installation' }>>,
): Promise<Findings> {
  const [account, lacks, lacksWorkflows] = await Promise.all([
    readOwner(credential.github, owner),
    findLack(door, owner, { metadata: 'read', administration: 'write', contents: 'write' }),
    findLack(door, owner, { metadata: 'read', workflows: 'write' }),
  ])
  const isUser = account?.kind === 'user'
  return {
    who: `an App, which reaches ${identity.repositories === 1 ? '1 repository' : `${identity.repositories} repositories`} of ${owner}`,
    identity,
    problems: [
      ...(lacks === undefined ? [] : [lacks]),
      ...(isUser ? [`${owner} is a person: an App makes repositories in organisations only.`] : []),
    ],
    warnings: lacksWorkflows === undefined ? [] : ['Without the permission `workflows: write`, recipes that write workflows are refused.'],
    owners: isUser ? [{ login: owner, hint: 'policy unknown' }] : [{ login: owner, hint: 'can create' }],
  }
}

async function findLack(
  door: Door,
  owner: string,
  permissions: Parameters<Door['reach']['credentialFor']>[1],
): Promise<string | undefined> {
  try {
    await door.reach.credentialFor(owner, permissions)
    return undefined
  } catch (error) {
    if (error instanceof UserError && error.code === 'APP_PERMISSION_MISSING') {
      return [error.message, error.hint].filter((part) => part !== undefined).join('. ')
    }
    throw error
  }
}

function tell({
  who = 'nobody',
  identity,
  problems,
  warnings = [],
  owners = [],
}: Partial<Findings> & Pick<Findings, 'problems'>): Outcome<Spec> {
  const isFit = problems.length === 0
  const person = identity?.kind === 'user' ? identity : undefined
  const lines = [...problems, ...warnings].map((line) => `- ${line}`)
  const table = renderTable(
    ['Owner', 'Hint'],
    owners.map(({ login, hint }) => [inlineCode(login), hint]),
  )
  const page = owners.length === 0 ? [] : [table, 'These are hints: GitHub decides when a repository is made.']
  return {
    decision: isFit ? 'done' : 'failed',
    reasonCode: isFit ? 'token-fit' : 'token-unfit',
    headline: `The credential is ${who}.${isFit ? '' : ` ${problems.join(' ')}`}`,
    result: {
      identity: identity?.kind ?? null,
      login: person?.login ?? null,
      scopes: person?.scopes ?? null,
      expires_at: person?.expiresAt ? new Date(person.expiresAt).toISOString() : null,
      problems,
      warnings,
      owners: owners.map(({ login, hint }) => ({ login, hint })),
    },
    summary: `${[`### ${escapeMarkdown(who)}`, lines.join('\n'), ...page].filter((part) => part !== '').join('\n\n')}\n`,
    annotations: warnings.map((message) => ({ level: 'warning', message })),
  }
}
