import { isAppLogin, UserError } from '@switchyard/core'
import { askRole } from './operations/ask-role.ts'
import type { GitHubPort, RepositoryName } from './operations/port.ts'
import type { RoleSeen } from './operations/roles.ts'

/** What people may do in a repository. */
export interface Roles {
  /** An app has no role. @throws {UserError} `REQUEST_INVALID` for an account that is no more. */
  of(login: string): Promise<RoleSeen>
}

/** Asks GitHub once for each person, as it is at that moment: an event's word for it is never taken. */
export function createRoles(github: GitHubPort, repository: RepositoryName): Roles {
  const known = new Map<string, Promise<RoleSeen>>()
  const read = async (login: string): Promise<RoleSeen> => {
    const answer = await askRole(github, repository, login)
    const { parseRole } = await import('./operations/roles.ts')
    const role = parseRole(answer, login)
    if (role !== undefined) return role
    // GitHub answers 404 for an app's login, which alone has brackets: it is no user.
    if (isAppLogin(login)) return { login, id: 0, roleName: 'none', permission: 'none' }
    throw new UserError('REQUEST_INVALID', `There is no account ${login} any more.`, { hint: 'Have somebody else ask for it.' })
  }
  return {
    of(login) {
      const key = login.toLowerCase()
      const asked = known.get(key) ?? read(login)
      known.set(key, asked)
      return asked
    },
  }
}
