import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import type { Account, OrganizationRuleset, RulesetRule } from '../world/types.ts'

/** OpenAPI `repository-rule`: the kinds that are played, each with the least it may ask for. */
export function presentRule(type: RulesetRule) {
  switch (type) {
    case 'update':
      return { type, parameters: { update_allows_fetch_and_merge: false } }
    case 'pull_request':
      return {
        type,
        parameters: {
          required_approving_review_count: 0,
          dismiss_stale_reviews_on_push: false,
          require_code_owner_review: false,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
          allowed_merge_methods: ['merge', 'squash', 'rebase'],
        },
      }
    case 'creation':
    case 'deletion':
    case 'non_fast_forward':
    case 'required_signatures':
      return { type }
    default:
      return type satisfies never
  }
}

/** OpenAPI `repository-ruleset` of an organisation; a list leaves the details out. */
export function presentOrganizationRuleset(
  context: WorldContext,
  { owner, ruleset }: { readonly owner: Account; readonly ruleset: OrganizationRuleset },
) {
  const { id, name, enforcement } = ruleset
  return {
    id,
    name,
    target: 'branch',
    source_type: 'Organization',
    source: owner.login,
    enforcement,
    node_id: nodeId('ruleset', id),
    _links: {
      self: { href: `${context.urls.api}/orgs/${owner.login}/rulesets/${id}` },
      html: { href: `${context.urls.server}/organizations/${owner.login}/settings/rules/${id}` },
    },
    created_at: owner.createdAt,
    updated_at: owner.createdAt,
  }
}

export function presentWholeRuleset(context: WorldContext, shown: { readonly owner: Account; readonly ruleset: OrganizationRuleset }) {
  const { include, exclude, repositories, rules, bypass } = shown.ruleset
  return {
    ...presentOrganizationRuleset(context, shown),
    bypass_actors: bypass.map(({ kind, id }) => ({
      actor_id: id,
      actor_type: kind === 'app' ? 'Integration' : 'User',
      bypass_mode: 'always',
    })),
    conditions: {
      ref_name: { include: [...include], exclude: [...exclude] },
      repository_name: { include: [...repositories], exclude: [], protected: false },
    },
    rules: rules.map(presentRule),
  }
}
