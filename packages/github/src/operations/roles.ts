import { z } from 'zod'

/** What somebody may do in a repository, asked of GitHub now. */
export interface RoleSeen {
  readonly login: string
  readonly id: number
  /** `read`, `triage`, `write`, `maintain`, `admin`, `none`, or the name of a role that the organisation made. */
  readonly roleName: string
  /** The one of `admin`, `write`, `read`, `none` that the role is built on. */
  readonly permission: string
}

const answer = z.object({
  permission: z.string(),
  role_name: z.string(),
  user: z.object({ login: z.string(), id: z.number() }).nullable(),
})

/** What `askRole` was answered about this account; undefined for one that does not exist. */
export function parseRole(answered: unknown, login: string): RoleSeen | undefined {
  if (answered === undefined) return undefined
  const { permission, role_name: roleName, user } = answer.parse(answered)
  return { login: user?.login ?? login, id: user?.id ?? 0, roleName, permission }
}
