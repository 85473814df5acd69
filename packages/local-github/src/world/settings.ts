import { getAccount } from './accounts.ts'
import type { WorldContext } from './context.ts'
import { getRepository } from './repositories.ts'
import type { Repository, Setting } from './types.ts'

/** A secret or a variable of an organisation, a repository, or one of its environments. */
export interface NewSetting {
  /** Full name; or give `organization`. */
  readonly repository?: string
  readonly organization?: string
  readonly environment?: string
  readonly name: string
  readonly value: string
}

/** Source: docs.github.com, "Naming your secrets" and "Naming conventions for configuration variables". */
const NAME = /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i

/**
 * Keeps a setting; one of the same place and name is replaced. A secret's value stays in memory: a snapshot holds its name only.
 *
 * @throws {Error} for a name that GitHub refuses.
 */
export function setSetting(context: WorldContext, kind: Setting['kind'], wanted: NewSetting): void {
  if (!NAME.test(wanted.name)) {
    throw new Error(`${wanted.name} cannot be the name of a ${kind}: letters, digits and _ only, not starting with GITHUB_`)
  }
  const ownerId =
    wanted.repository === undefined ? getAccount(context, wanted.organization ?? '').id : getRepository(context, wanted.repository).id
  const scope = wanted.repository === undefined ? 'organization' : wanted.environment === undefined ? 'repository' : 'environment'
  const setting: Setting = {
    kind,
    scope,
    ownerId,
    environment: wanted.environment?.toLowerCase(),
    name: wanted.name.toUpperCase(),
    value: kind === 'variable' ? wanted.value : undefined,
    updatedAt: context.clock.moment(),
  }
  const key = keyOf(setting)
  context.state.settings.set(key, setting)
  if (kind === 'secret') context.secretValues.set(key, wanted.value)
}

/** Name to value; the environment's own win over the repository's, and those over the organisation's. */
export function settingsOf(
  context: WorldContext,
  kind: Setting['kind'],
  { repository, environment, scopes = allScopes }: SettingPlace,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const scope of scopes) {
    const ownerId = scope === 'organization' ? repository.ownerId : repository.id
    for (const [key, setting] of context.state.settings) {
      if (setting.kind !== kind || setting.scope !== scope || setting.ownerId !== ownerId) continue
      if (scope === 'environment' && setting.environment !== environment?.toLowerCase()) continue
      const value = setting.value ?? context.secretValues.get(key)
      if (value !== undefined) values.set(setting.name, value)
    }
  }
  return values
}

export interface SettingPlace {
  readonly repository: Repository
  readonly environment?: string | undefined
  /** Every one by default; what comes later wins. */
  readonly scopes?: readonly Setting['scope'][]
}

const allScopes: readonly Setting['scope'][] = ['organization', 'repository', 'environment']

const keyOf = ({ kind, scope, ownerId, environment = '', name }: Setting): string => [kind, scope, ownerId, environment, name].join('\n')
