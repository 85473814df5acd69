import { UserError } from '@switchyard/core'
import { askRole } from '@switchyard/github'
import type { RoleSeen } from '@switchyard/github/operations'
import type { Door } from './door.ts'

/** What people may do here: asked of GitHub once a run for each person. */
export interface Roles {
  of(login: string): Promise<RoleSeen>
}

export function createRoles({ github, given: { context } }: Pick<Door, 'github' | 'given'>): Roles {
  const known = new Map<string, Promise<RoleSeen>>()
  const read = async (login: string): Promise<RoleSeen> => {
    const answer = await askRole(github, context.repository, login)
    const { parseRole } = await import('@switchyard/github/operations')
    const role = parseRole(answer, login)
    if (role === undefined) throw new UserError('REQUEST_INVALID', `There is no account ${login} any more.`)
    return role
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
