import type { Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import type { WorldContext } from '../world/context.ts'
import type { OrganizationRuleset, Repository, Ruleset, RulesetRule } from '../world/types.ts'

/** The repository's own rulesets, and those that its organisation lays over it. */
export function rulesetsOver(context: WorldContext, repository: Repository): readonly (Ruleset | OrganizationRuleset)[] {
  const organization = context.state.organizations.get(repository.ownerId)
  const above = (organization?.rulesets ?? []).filter(({ repositories }) =>
    repositories.some((pattern) => pattern === '~ALL' || globToRegExp(pattern).test(repository.name)),
  )
  return above.length === 0 ? repository.rulesets : [...repository.rulesets, ...above]
}

/** Those that are in force on a ref, whoever asks. */
export function rulesetsOn(context: WorldContext, repository: Repository, ref: string): readonly (Ruleset | OrganizationRuleset)[] {
  return rulesetsOver(context, repository).filter(
    (ruleset) =>
      ruleset.enforcement === 'active' &&
      ruleset.include.some((pattern) => covers(repository, pattern, ref)) &&
      !ruleset.exclude.some((pattern) => covers(repository, pattern, ref)),
  )
}

/** The active rulesets that bind this viewer on this ref and hold one of these rules. */
export function bindingRules(
  context: WorldContext,
  viewer: Viewer,
  wanted: { readonly repository: Repository; readonly ref: string; readonly rules: readonly RulesetRule[] },
): readonly Ruleset[] {
  return rulesetsOn(context, wanted.repository, wanted.ref).filter(
    (ruleset) => ruleset.rules.some((rule) => wanted.rules.includes(rule)) && !isBypassed(ruleset, viewer),
  )
}

/** GITHUB_TOKEN cannot be a bypass actor. Source: github-facts 8.11. */
function isBypassed(ruleset: Ruleset, viewer: Viewer): boolean {
  if (viewer.kind !== 'token' || viewer.token.kind === 'job') return false
  const { account, app } = viewer
  return ruleset.bypass.some((actor) => (actor.kind === 'app' ? actor.id === app?.id : app === undefined && actor.id === account.id))
}

function covers(repository: Repository, pattern: string, ref: string): boolean {
  if (pattern === '~ALL') return ref.startsWith('refs/heads/')
  if (pattern === '~DEFAULT_BRANCH') return ref === branchRef(repository.defaultBranch)
  return globToRegExp(pattern).test(ref)
}

/** fnmatch as rulesets use it: `*` stays within a part, `**` does not. */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part.startsWith('**')) return '.*'
    if (part === '*') return '[^/]*'
    return part === '?' ? '[^/]' : `\\${part}`
  })
  return new RegExp(`^${source}$`)
}

const sayings: Readonly<Record<RulesetRule, string>> = {
  creation: 'Cannot create ref due to creations being restricted.',
  update: 'Cannot update this protected ref.',
  deletion: 'Cannot delete this protected ref.',
  non_fast_forward: 'Cannot force-push to this branch',
  pull_request: 'Changes must be made through a pull request.',
  required_signatures: 'Commits must have verified signatures.',
}

/** `Repository rule violations found` and what they are, as the API says it. */
export function renderViolations(rulesets: readonly Ruleset[], rules: readonly RulesetRule[]): string {
  const broken = [...new Set(rulesets.flatMap((ruleset) => ruleset.rules.filter((rule) => rules.includes(rule))))]
  return `Repository rule violations found\n\n${broken.map((rule) => `${sayings[rule]}\n`).join('\n')}\n`
}
