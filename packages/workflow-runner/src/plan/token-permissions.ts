import { UserError } from '@switchyard/core'
import { type PermissionLevel, permissionLevels, type Permissions } from '../workflow/model.ts'

/** Every key that `permissions` may have. Source: github-facts 7.16. */
export const tokenPermissions = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'code-quality',
  'contents',
  'copilot-requests',
  'deployments',
  'discussions',
  'drives',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
  'vulnerability-alerts',
] as const

export type Granted = Readonly<Record<string, PermissionLevel>>

/** What a job's token may do when nobody says: the default of new repositories and organisations. Source: github-facts 11.6. */
export const restricted: Granted = { contents: 'read', packages: 'read' }

/**
 * What a job's token may do: the job's word, else the workflow's, else what whoever called allows, else the default; never more
 * than whoever called allows. Source: docs.github.com, "Reuse workflows", GITHUB_TOKEN permissions.
 */
export function grantPermissions(
  stated: Permissions | undefined,
  { otherwise, cap }: { readonly otherwise: Granted; readonly cap: Granted | undefined },
): Granted {
  if (stated === undefined) return cap ?? otherwise
  const wanted = expand(stated)
  if (cap === undefined) return wanted
  const over = Object.entries(wanted).find(([name, level]) => isMore(level, cap[name]))
  if (over === undefined) return wanted
  const [name, level] = over
  throw new UserError(
    'PERMISSIONS_EXCEED_CALLER',
    `The called workflow asks for '${name}: ${level}', but is only allowed '${name}: ${cap[name] ?? 'none'}'.`,
    {
      hint: 'Give the calling job the permission, or ask for less.',
    },
  )
}

function expand(stated: Permissions): Granted {
  if (typeof stated !== 'string') return stated
  const level = stated === 'read-all' ? 'read' : 'write'
  return Object.fromEntries(tokenPermissions.map((name) => [name, level]))
}

const isMore = (level: PermissionLevel, cap: PermissionLevel = 'none'): boolean =>
  permissionLevels.indexOf(level) > permissionLevels.indexOf(cap)
