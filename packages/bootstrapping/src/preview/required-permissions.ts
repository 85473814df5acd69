import type { Visibility } from '../model.ts'
import type { Setting } from '../recipe/outcome.ts'
import type { FileTree } from '../tree/file-tree.ts'

/** A permission that the token of a run must have, by the name that Apps and fine-grained tokens use. */
export interface RequiredPermission {
  readonly permission: 'administration' | 'contents' | 'workflows' | 'issues' | 'members'
  readonly access: 'read' | 'write'
  readonly why: string
}

export interface RequiredAccess {
  readonly permissions: readonly RequiredPermission[]
  /** What a classic token needs in their place. */
  readonly scopes: readonly string[]
}

/**
 * Everything that a token must be allowed for this tree and these settings. Source: GitHub's REST reference, "Permissions
 * required for fine-grained personal access tokens" and "Permissions required for GitHub Apps".
 */
export function requiredPermissions(tree: FileTree, settings: readonly Setting[], visibility: Visibility): RequiredAccess {
  const hasWorkflows = [...tree.keys()].some((path) => path.toLowerCase().startsWith('.github/workflows/'))
  const hasLabels = settings.some(({ kind }) => kind === 'CREATE_LABELS')
  const hasTeams = settings.some(({ kind, params }) => kind === 'CREATE_ENVIRONMENT' && params.reviewers.some((name) => name.includes('/')))
  const rest = settings.some(({ kind }) => kind !== 'CREATE_LABELS')
  const permissions: RequiredPermission[] = [
    { permission: 'administration', access: 'write', why: `creates the ${visibility} repository${rest ? ' and its settings' : ''}` },
    { permission: 'contents', access: 'write', why: 'pushes the first commit' },
  ]
  if (hasWorkflows) permissions.push({ permission: 'workflows', access: 'write', why: 'the commit holds files in .github/workflows' })
  if (hasLabels) permissions.push({ permission: 'issues', access: 'write', why: 'creates labels' })
  if (hasTeams) permissions.push({ permission: 'members', access: 'read', why: 'finds the teams that review deployments' })
  return { permissions, scopes: ['repo', ...(hasWorkflows ? ['workflow'] : []), ...(hasTeams ? ['read:org'] : [])] }
}
