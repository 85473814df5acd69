import type { Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import type { Repository, Ruleset, RulesetRule } from '../world/types.ts'

/** The active rulesets that bind this viewer on this ref and hold one of these rules. */
export function bindingRules(
  repository: Repository,
  viewer: Viewer,
  wanted: { readonly ref: string; readonly rules: readonly RulesetRule[] },
): readonly Ruleset[] {
  return repository.rulesets.filter((ruleset) =>
    ruleset.enforcement === 'active' &&
    ruleset.rules.some((rule) => wanted.rules.includes(rule)) &&
    ruleset.include.some((pattern) => covers(repository, pattern, wanted.ref)) &&
    !ruleset.exclude.some((pattern) => covers(repository, pattern, wanted.ref)) &&
    !isBypassed(ruleset, viewer))
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
