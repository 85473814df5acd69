import type { GraphqlContext } from '../context.ts'
import { isLevel } from '../../auth/access.ts'
import { forbidden } from '../refusal.ts'

/**
 * Workflow files need a permission of their own, which a job's token can never have. The wording is the one of a refused push.
 * Source: docs.github.com, "Permissions required for GitHub Apps", `workflows`; classic tokens need the scope `workflow`.
 */
export function refuseWorkflowFiles({ viewer: { token } }: GraphqlContext, paths: readonly string[]): void {
  const path = paths.find((each) => each.startsWith('.github/workflows/'))
  if (path === undefined) return
  const doing = `create or update workflow \`${path}\` without \`${token.kind === 'classic' ? 'workflow' : 'workflows'}\``
  switch (token.kind) {
    case 'classic':
      if (!token.scopes.includes('workflow')) throw forbidden(`refusing to allow a Personal Access Token to ${doing} scope`)
      return
    case 'fine-grained':
      if (!isLevel(token.permissions.workflows, 'write')) throw forbidden(`refusing to allow a Personal Access Token to ${doing} permission`)
      return
    case 'installation':
    case 'job':
      if (token.kind === 'job' || !isLevel(token.permissions.workflows, 'write')) throw forbidden(`refusing to allow a GitHub App to ${doing} permission`)
  }
}
