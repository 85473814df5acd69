import type { Fault } from '@switchyard/core'
import type { Finding, Rule, YamlDocument } from '@switchyard/core/config'
import { checkIds, checkTwins } from './identity-rules.ts'
import { checkInputNames, checkInputSize, checkInputValues } from './input-rules.ts'
import { checkPatterns, checkRefs, checkRepositories, checkWorkflows } from './name-rules.ts'

const RULES: readonly Rule[] = [
  checkRepositories,
  checkWorkflows,
  checkPatterns,
  checkRefs,
  checkInputNames,
  checkInputValues,
  checkInputSize,
  checkIds,
  checkTwins,
]

/** What a shape cannot say: names by GitHub's and git's rules, expressions, sizes, and what two places must agree on. */
export function checkRules(
  document: YamlDocument,
  owner: string,
): { readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] } {
  const found = RULES.flatMap((rule) => rule(document.value, owner)).map((finding) => toFault(finding, document))
  return { faults: found.filter(({ severity }) => severity === 'error'), warnings: found.filter(({ severity }) => severity === 'warning') }
}

function toFault({ path, code, message, hint, offset, warning, atKey }: Finding, document: YamlDocument): Fault {
  const place = offset !== undefined ? document.placeInText(path, offset) : atKey ? document.keyPlaceOf(path) : document.placeOf(path)
  return { code, message, hint, place, severity: warning ? 'warning' : 'error' }
}
