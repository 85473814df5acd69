import { UserError } from '@switchyard/core'
import type { RoleSeen } from '@switchyard/github/operations'

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
