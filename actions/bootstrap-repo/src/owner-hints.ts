import { GitHubError } from '@switchyard/core'
import { type MembershipSeen, type OwnerSeen, readMemberships, readOwner, type TokenIdentity } from '@switchyard/github/operations'
import type { Credential } from './reach.ts'

export const HINTS = ['can create', 'policy unknown', 'policy blocks private repositories'] as const

export interface OwnerHint {
  readonly login: string
  readonly hint: (typeof HINTS)[number]
}

/** Every owner that a person's token can name, and the one that is asked about: none is hidden on doubt. */
export async function findOwnerHints(
  { github }: Pick<Credential, 'github'>,
  { login, owner }: Pick<Extract<TokenIdentity, { kind: 'user' }>, 'login'> & { readonly owner: string },
): Promise<readonly OwnerHint[]> {
  const memberships = (await readMemberships(github)) ?? []
  const organizations = await Promise.all(
    memberships.map(async (membership) => ({ login: membership.login, hint: await hintOf(github, membership) })),
  )
  const named: OwnerHint[] = [{ login, hint: 'can create' }, ...organizations]
  // A fine-grained token, or one that single sign-on holds back, does not tell its organisations.
  return named.some((each) => each.login.toLowerCase() === owner.toLowerCase())
    ? named
    : [...named, { login: owner, hint: 'policy unknown' }]
}

async function hintOf(github: Credential['github'], { login, role, mayCreateRepositories }: MembershipSeen): Promise<OwnerHint['hint']> {
  if (role === 'admin') return 'can create'
  const policy = (await readOwnerIfAllowed(github, login))?.policy
  const isAllowed = policy?.membersCreate === false || mayCreateRepositories === false ? false : (policy?.membersCreatePrivate ?? null)
  if (isAllowed === null) return mayCreateRepositories === true ? 'can create' : 'policy unknown'
  return isAllowed ? 'can create' : 'policy blocks private repositories'
}

/** Single sign-on answers 403 for an organisation that lists the person as a member. */
async function readOwnerIfAllowed(github: Credential['github'], login: string): Promise<OwnerSeen | undefined> {
  try {
    return await readOwner(github, login)
  } catch (error) {
    if (error instanceof GitHubError && error.status === 403) return undefined
    throw error
  }
}
