import type { RepositoryPlan } from '../model.ts'
import type { NameFacts, OwnerFacts, Preflight, PreflightCode, PreflightFacts, PreflightFinding, TokenFacts } from './facts.ts'

export interface PreflightQuestion {
  readonly repo: RepositoryPlan
  /** Whether the tree holds `.github/workflows/`. */
  readonly hasWorkflows: boolean
}

/**
 * What stands against a repository before the first write. Only what is certain is an error: the owner's policies are hints, since
 * GitHub does not show all of them, and its answer to the creation is the only authority. Source: seed 000, "best-effort discovery".
 */
export function decidePreflight(facts: PreflightFacts, question: PreflightQuestion): Preflight {
  const findings = [
    ...judgeName(facts.name, question.repo),
    ...judgeOwner(facts.owner, question.repo),
    ...judgeCreator(facts, question.repo),
    ...judgeScopes(facts.token, question),
    ...judgeSignatures(facts),
  ]
  const { owner } = facts
  return {
    findings,
    canProceed: findings.every(({ severity }) => severity !== 'error'),
    method: owner.kind === 'organization' && owner.requiresSignatures === true ? 'api' : 'push',
    ownerKind: owner.kind === 'user' ? 'user' : 'organization',
  }
}

function judgeName(name: NameFacts, { owner, name: slug }: RepositoryPlan): readonly PreflightFinding[] {
  switch (name) {
    case 'free':
      return []
    case 'taken':
      return [error('NAME_TAKEN', `${owner}/${slug} is there already.`, 'Choose another name.')]
    case 'unknown':
      return [error('PREFLIGHT_FAILED', `Whether ${owner}/${slug} is free could not be found out.`, 'Try again when GitHub answers.')]
  }
}

const KIND_WORDS = { private: 'private', internal: 'internal', public: 'public' } as const

function judgeOwner(owner: OwnerFacts, { owner: login, visibility }: RepositoryPlan): readonly PreflightFinding[] {
  if (owner.kind === 'missing') {
    return [error('OWNER_NOT_FOUND', `There is no account ${login}, or the token cannot see it.`, 'Check its spelling.')]
  }
  if (owner.kind === 'user') {
    if (visibility !== 'internal') return []
    return [error('OWNER_FORBIDDEN', 'A personal account has no internal repositories.', 'Choose `private` or `public`.')]
  }
  const isAllowed = owner.membersCanCreate[visibility]
  if (isAllowed === true) return []
  if (isAllowed === null) {
    return [
      warning(
        'POLICY_UNKNOWN',
        `${login} does not show whether its members may create ${KIND_WORDS[visibility]} repositories.`,
        'GitHub decides when it is made.',
      ),
    ]
  }
  return [
    warning(
      'POLICY_BLOCKS',
      `Members of ${login} may not create ${KIND_WORDS[visibility]} repositories; its owners may.`,
      'Use a credential of an owner, or choose another owner.',
    ),
  ]
}

function judgeCreator({ owner, token }: PreflightFacts, { owner: login }: RepositoryPlan): readonly PreflightFinding[] {
  switch (token.kind) {
    case 'job':
      return [
        error(
          'TOKEN_INSUFFICIENT',
          'The job’s own token can make no repositories.',
          'Give `bootstrap-token`, or `app-id` and `private-key`.',
        ),
      ]
    case 'app':
      if (owner.kind !== 'user') return []
      return [
        error(
          'OWNER_FORBIDDEN',
          `${login} is a personal account, and an App makes repositories in organisations only.`,
          'Give `bootstrap-token`.',
        ),
      ]
    case 'classic':
    case 'fine-grained':
      if (owner.kind !== 'user' || token.login === null || token.login.toLowerCase() === login.toLowerCase()) return []
      return [
        error(
          'OWNER_FORBIDDEN',
          `The token is ${token.login}’s, and makes personal repositories for ${token.login} only.`,
          'Choose that owner, or an organisation.',
        ),
      ]
  }
}

/** GitHub signs what an App commits through its API in its own name, and nothing that a person's token commits there. */
function judgeSignatures({ owner, token }: PreflightFacts): readonly PreflightFinding[] {
  if (owner.kind !== 'organization' || owner.requiresSignatures !== true || token.kind === 'app') return []
  return [
    error(
      'SIGNATURES_REQUIRED',
      `Rules of ${owner.login} take signed commits only, and GitHub signs an App’s alone.`,
      'Give `app-id` and `private-key`.',
    ),
  ]
}

/** Only classic tokens and Apps tell what they may do; the others are known by what GitHub answers. */
function judgeScopes(token: TokenFacts, { repo, hasWorkflows }: PreflightQuestion): readonly PreflightFinding[] {
  if (token.kind === 'app') {
    return token.missing.map((permission) =>
      error(
        'TOKEN_INSUFFICIENT',
        `The App lacks \`${permission}\` at ${repo.owner}.`,
        'Grant it in the App’s settings, and have the owner accept the change.',
      ),
    )
  }
  if (token.kind !== 'classic') return []
  const has = (scope: string): boolean => token.scopes.includes(scope)
  const wanted = repo.visibility === 'public' ? ['public_repo', 'repo'] : ['repo']
  const missing = [...(wanted.some(has) ? [] : [wanted[0] ?? 'repo']), ...(hasWorkflows && !has('workflow') ? ['workflow'] : [])]
  return missing.map((scope) => error('TOKEN_INSUFFICIENT', `The token lacks the scope \`${scope}\`.`, 'Add it in the token’s settings.'))
}

function error(code: PreflightCode, message: string, hint: string): PreflightFinding {
  return { code, severity: 'error', message, hint }
}

function warning(code: PreflightCode, message: string, hint: string): PreflightFinding {
  return { code, severity: 'warning', message, hint }
}
