import type { Finding, Rule, YamlFile } from '../yaml-file.ts'
import { dangerousTriggers, persistedCredentials, timeLimits } from './care.ts'
import { queueing } from './concurrency.ts'
import { namedPermissions } from './permissions.ts'
import { pinnedActions } from './pinned-actions.ts'
import { scripts } from './scripts.ts'

const rules: readonly Rule[] = [pinnedActions, namedPermissions, scripts, queueing, timeLimits, persistedCredentials, dangerousTriggers]

/** What our own rules find; a part that is used by several aliases is named once. */
export function findByRules(file: YamlFile): readonly Finding[] {
  const found = rules.flatMap((rule) => rule(file)).map((finding) => [`${finding.code} ${finding.offset}`, finding] as const)
  return [...new Map(found).values()]
}
