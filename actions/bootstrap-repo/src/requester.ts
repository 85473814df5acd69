import { UserError } from '@switchyard/core'
import { askRole } from '@switchyard/github'
import type { RoleSeen } from '@switchyard/github/operations'
import type { Door } from './door.ts'

/** Whoever asks, and what they may do here: asked of GitHub once a run for each person. */
export function createRoles({ github, given: { context } }: Pick<Door, 'github' | 'given'>): {
  readonly of: (login: string) => Promise<RoleSeen>
} {
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

export type Roles = ReturnType<typeof createRoles>

/** @throws {UserError} `ADMIN_REQUIRED` for a recipe that only admins may have, in a preview too. */
export function requireRole(role: RoleSeen, required: 'ANY' | 'ADMIN', repository: string): void {
  if (required === 'ANY' || role.permission === 'admin') return
  throw new UserError(
    'ADMIN_REQUIRED',
    `An action of this recipe needs an admin of ${repository}; ${role.login} has the role ${role.roleName}.`,
    {
      hint: 'Have an admin ask for it, or choose other options.',
    },
  )
}
