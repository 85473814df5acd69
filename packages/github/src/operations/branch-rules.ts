import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import { isStatus } from './is-status.ts'

/** An organisation's ruleset over branches, as far as it says which rules bind what. */
export interface OrganizationRuleset {
  readonly id: number
  readonly name: string
  readonly isActive: boolean
  /** `creation`, `required_signatures`, `pull_request` and others (REST: repository-rule). */
  readonly rules: readonly string[]
  readonly branches: Patterns
  /** Undefined: it chooses repositories another way than by name. */
  readonly repositories: Patterns | undefined
}

/** `~ALL`, `~DEFAULT_BRANCH` or fnmatch patterns; of branches with `refs/heads/`. */
export interface Patterns {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

const patterns = z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) })
const listed = z.array(z.object({ id: z.number(), target: z.string().default('branch') }))
const ruleset = z.object({
  id: z.number(),
  name: z.string(),
  enforcement: z.string(),
  conditions: z.object({ ref_name: patterns.optional(), repository_name: patterns.optional() }).nullish(),
  rules: z.array(z.object({ type: z.string() })).default([]),
})

/** The kinds of rules that bind a branch, whether it exists or not; undefined where GitHub refuses to tell (403: no plan for it, or no right). */
export async function readBranchRules(
  github: GitHubPort,
  repository: RepositoryName,
  branch: string,
): Promise<readonly string[] | undefined> {
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      owner: repository.owner,
      repo: repository.name,
      branch,
      per_page: 100,
    })
    return [
      ...new Set(
        z
          .array(z.object({ type: z.string() }))
          .parse(data)
          .map(({ type }) => type),
      ),
    ]
  } catch (error) {
    if (isStatus(error, 403)) return undefined
    throw error
  }
}

/**
 * The first 100 rulesets over branches of an organisation, each with its rules; undefined when the token may not know them (403 or 404).
 * One request, and one for each ruleset.
 */
export async function readOrganizationRulesets(github: GitHubPort, org: string): Promise<readonly OrganizationRuleset[] | undefined> {
  try {
    const { data } = await github.request('GET /orgs/{org}/rulesets', { org, per_page: 100 })
    const ids = listed
      .parse(data)
      .filter(({ target }) => target === 'branch')
      .map(({ id }) => id)
    return await Promise.all(ids.map((id) => readRuleset(github, org, id)))
  } catch (error) {
    if (isStatus(error, 403) || isStatus(error, 404)) return undefined
    throw error
  }
}

async function readRuleset(github: GitHubPort, org: string, id: number): Promise<OrganizationRuleset> {
  const { data } = await github.request('GET /orgs/{org}/rulesets/{ruleset_id}', { org, ruleset_id: id })
  const found = ruleset.parse(data)
  return {
    id: found.id,
    name: found.name,
    isActive: found.enforcement === 'active',
    rules: found.rules.map(({ type }) => type),
    branches: found.conditions?.ref_name ?? { include: [], exclude: [] },
    repositories: found.conditions?.repository_name,
  }
}
