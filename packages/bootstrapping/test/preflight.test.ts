import { describe, expect, it } from 'vitest'
import { decidePreflight, type OwnerFacts, type PreflightFacts, type TokenFacts } from '../src/index.ts'

const organization: OwnerFacts = {
  kind: 'organization',
  login: 'acme',
  membersCanCreate: { private: true, internal: null, public: false },
  requiresSignatures: false,
}
const classic: TokenFacts = { kind: 'classic', login: 'maintainer', scopes: ['repo', 'workflow'] }
const fine: PreflightFacts = { owner: organization, token: classic, name: 'free' }
const repo = { owner: 'acme', name: 'shop', visibility: 'private' } as const
const judge = (
  change: Partial<PreflightFacts>,
  question: { visibility?: 'private' | 'internal' | 'public'; hasWorkflows?: boolean } = {},
) =>
  decidePreflight(
    { ...fine, ...change },
    { repo: { ...repo, visibility: question.visibility ?? 'private' }, hasWorkflows: question.hasWorkflows ?? true },
  )
const codes = (...args: Parameters<typeof judge>): readonly string[] =>
  judge(...args).findings.map(({ code, severity }) => `${severity} ${code}`)

describe('before the first write', () => {
  it('nothing stands against a free name, an owner that allows it and a token that may', () => {
    expect(judge({})).toEqual({ findings: [], canProceed: true, method: 'push', ownerKind: 'organization' })
  })

  it.each([
    ['a name that is taken', { name: 'taken' }, 'error NAME_TAKEN'],
    ['a name that nobody could tell about', { name: 'unknown' }, 'error PREFLIGHT_FAILED'],
    ['an owner that is not there', { owner: { kind: 'missing' } }, 'error OWNER_NOT_FOUND'],
    ['the job’s own token', { token: { kind: 'job' } }, 'error TOKEN_INSUFFICIENT'],
    ['an App for a person', { owner: { kind: 'user', login: 'acme' }, token: { kind: 'app', missing: [] } }, 'error OWNER_FORBIDDEN'],
    ['somebody else’s token for a person', { owner: { kind: 'user', login: 'acme' } }, 'error OWNER_FORBIDDEN'],
    ['a token without scopes', { token: { ...classic, scopes: ['workflow'] } }, 'error TOKEN_INSUFFICIENT'],
    ['an App that was not granted everything', { token: { kind: 'app', missing: ['workflows: write'] } }, 'error TOKEN_INSUFFICIENT'],
    ['a token that may write no workflows', { token: { ...classic, scopes: ['repo'] } }, 'error TOKEN_INSUFFICIENT'],
  ] as const satisfies readonly (readonly [string, Partial<PreflightFacts>, string])[])('%s is certain to fail', (_, change, expected) => {
    expect(codes(change)).toEqual([expected])
    expect(judge(change).canProceed).toBe(false)
  })

  it('what the owner’s policy says, or hides, is a hint and stops nothing', () => {
    expect(codes({}, { visibility: 'public' })).toEqual(['warning POLICY_BLOCKS'])
    expect(codes({}, { visibility: 'internal' })).toEqual(['warning POLICY_UNKNOWN'])
    expect(judge({}, { visibility: 'public' }).canProceed).toBe(true)
  })

  it('a person has no internal repositories', () => {
    expect(
      codes({ owner: { kind: 'user', login: 'acme' }, token: { kind: 'fine-grained', login: null } }, { visibility: 'internal' }),
    ).toEqual(['error OWNER_FORBIDDEN'])
  })

  it('a token of the owner makes personal repositories, whatever the case of the name', () => {
    const mine = decidePreflight(
      { ...fine, owner: { kind: 'user', login: 'Maintainer' } },
      { repo: { ...repo, owner: 'MAINTAINER' }, hasWorkflows: true },
    )
    expect(mine).toMatchObject({ findings: [], ownerKind: 'user' })
  })

  it('`public_repo` is enough for a public repository, and no workflows need no scope', () => {
    expect(
      codes(
        {
          token: { ...classic, scopes: ['public_repo'] },
          owner: { ...organization, membersCanCreate: { private: null, internal: null, public: true } },
        },
        { visibility: 'public', hasWorkflows: false },
      ),
    ).toEqual([])
  })

  it('fine-grained tokens and Apps are believed until GitHub refuses', () => {
    expect(codes({ token: { kind: 'fine-grained', login: null } })).toEqual([])
    expect(codes({ token: { kind: 'app', missing: [] } })).toEqual([])
  })

  it('where rules refuse unsigned commits, GitHub makes the commit', () => {
    const strict = { owner: { ...organization, requiresSignatures: true } }
    expect(judge({ ...strict, token: { kind: 'app', missing: [] } })).toMatchObject({ method: 'api', canProceed: true })
    expect(codes(strict)).toEqual(['error SIGNATURES_REQUIRED'])
  })
})
