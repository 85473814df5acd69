import type { Place } from '@switchyard/core'
import type { Selector } from '../select/selector.ts'
import type { Role } from './role.ts'

/** One line of `commands` in `.github/switchyard.yml`. */
export interface PermissionRule {
  readonly place: Place
  /** A command's name, `family *`, or `*`. */
  readonly command: string
  /** Whom it concerns; undefined: the command as such. */
  readonly selectors: readonly Selector[] | undefined
  readonly role: Role
}

/** The contents of `.github/switchyard.yml`. */
export interface SwitchyardConfig {
  readonly rules: readonly PermissionRule[]
  /** Repositories that may create issues or pull requests here: `owner/name` or `owner/*`, in lower case. */
  readonly accepts: readonly string[]
}

/** What holds in a repository without the file. */
export const NO_CONFIG: SwitchyardConfig = { rules: [], accepts: [] }

/** Whether another repository may create issues or pull requests here. Its own answer is always yes. */
export function isAccepted(config: SwitchyardConfig, { from, here }: { readonly from: string; readonly here: string }): boolean {
  const name = from.toLowerCase()
  const everyOfOwner = `${name.slice(0, name.indexOf('/'))}/*`
  return name === here.toLowerCase() || config.accepts.includes(name) || config.accepts.includes(everyOfOwner)
}
