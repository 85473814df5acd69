import { refusalOf } from '../auth/access.ts'
import { isOrganizationAdmin } from '../auth/organizations.ts'
import type { Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import { presentOrganizationRuleset, presentRule, presentWholeRuleset } from '../present/rulesets.ts'
import { rulesetsOn } from '../rules/rulesets.ts'
import { findOrganization, getAccount } from '../world/accounts.ts'
import { fullName } from '../world/repositories.ts'
import type { Account, OrganizationRuleset } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, plainRoute, repositoryRoute, type Route } from '../server/route.ts'
import { requireProtectable } from './branch-protection.ts'
import { getOrganization } from './repository-making.ts'

const administer = [{ permission: 'organization_administration', level: 'write' }] as const

interface Rulesets {
  readonly owner: Account
  readonly rulesets: readonly OrganizationRuleset[]
}

/** Even reading takes the right to write. Source: docs.github.com, REST, "Get all organization repository rulesets". */
function readRulesets(world: World, viewer: Viewer, login: string): Rulesets {
  const owner = getOrganization(world, login)
  if (!isOrganizationAdmin(world, viewer, { owner, permission: 'organization_administration', level: 'write' })) {
    throw viewer.kind === 'token' && viewer.token.kind !== 'classic' ? new Problem(403, refusalOf(viewer)) : notFound()
  }
  return { owner, rulesets: findOrganization(world, owner)?.rulesets ?? [] }
}

export const ruleRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/rules/branches/{branch}',
    operation: 'repos/get-branch-rules',
    needs: [{ permission: 'metadata', level: 'read' }],
    body: noBody,
    handle(call) {
      const { world, repository } = call
      requireProtectable(world, repository)
      const rulesets = rulesetsOn(world, repository, branchRef(call.param('branch')))
      const rules = rulesets.flatMap((ruleset) => ruleset.rules.map((rule) => ({ rule, ruleset })))
      return list(call, rules, ({ rule, ruleset }) => {
        const isAbove = 'repositories' in ruleset
        return {
          ...presentRule(rule),
          ruleset_source_type: isAbove ? 'Organization' : 'Repository',
          ruleset_source: isAbove ? getAccount(world, repository.ownerId).login : fullName(world, repository),
          ruleset_id: ruleset.id,
        }
      })
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}/rulesets',
    operation: 'repos/get-org-rulesets',
    audience: 'signed-in',
    needs: administer,
    body: noBody,
    handle(call) {
      const { owner, rulesets } = readRulesets(call.world, call.viewer, call.param('org'))
      return list(call, rulesets, (ruleset) => presentOrganizationRuleset(call.world, { owner, ruleset }))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}/rulesets/{ruleset_id}',
    operation: 'repos/get-org-ruleset',
    audience: 'signed-in',
    needs: administer,
    body: noBody,
    handle({ world, viewer, param }) {
      const { owner, rulesets } = readRulesets(world, viewer, param('org'))
      const ruleset = rulesets.find(({ id }) => String(id) === param('ruleset_id'))
      if (ruleset === undefined) throw notFound()
      return ok(presentWholeRuleset(world, { owner, ruleset }))
    },
  }),
]
