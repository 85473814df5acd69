import type { Viewer } from '../auth/viewer.ts'
import { NULL_OID, type GitStore, type Oid } from '../git/types.ts'
import { isLevel } from '../auth/access.ts'

export const WORKFLOWS_FOLDER = '.github/workflows'

/** GITHUB_TOKEN has no such permission at all. Source: github-facts 7.16 and 7.17. */
export function mayWriteWorkflows(viewer: Viewer): boolean {
  if (viewer.kind !== 'token') return true
  const { token } = viewer
  switch (token.kind) {
    case 'job':
      return false
    case 'installation':
    case 'fine-grained':
      return isLevel(token.permissions.workflows, 'write')
    case 'classic':
      return token.scopes.includes('workflow')
  }
}

/** GitHub's words; of a fine-grained token's the last part is not certain. Source: web-platform-tests/wpt#31939, peter-evans/create-pull-request#3558. */
export function renderWorkflowRefusal(viewer: Viewer, path: string): string {
  const kind = viewer.kind === 'token' ? viewer.token.kind : 'job'
  const who = kind === 'classic' || kind === 'fine-grained' ? 'a Personal Access Token' : 'a GitHub App'
  return `refusing to allow ${who} to create or update workflow \`${path}\` without \`${kind === 'classic' ? 'workflow` scope' : 'workflows` permission'}`
}

/**
 * The first workflow file that a ref's change brings; undefined when it brings none. A file that another branch has, by path
 * and content, is not new. Source: docs.github.com, "Scopes for OAuth apps", workflow.
 */
export async function changesWorkflows(store: GitStore, change: { readonly old: Oid; readonly new: Oid }): Promise<string | undefined> {
  const [before, after] = await Promise.all([change.old, change.new].map((oid) => workflowBlobs(store, oid)))
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  const changed = [...paths].filter((path) => before?.get(path) !== after?.get(path))
  if (changed.length === 0) return undefined
  const branches = await Promise.all((await store.listRefs('refs/heads/')).map(({ oid }) => workflowBlobs(store, oid)))
  return changed.find((path) => !branches.some((branch) => after?.has(path) === true && branch.get(path) === after.get(path)))
}

async function workflowBlobs(store: GitStore, commit: Oid): Promise<ReadonlyMap<string, Oid>> {
  const folder = commit === NULL_OID ? undefined : await store.readPath(commit, WORKFLOWS_FOLDER)
  const entries = folder === undefined ? undefined : await store.readTree(folder.oid)
  return new Map((entries ?? []).map((entry) => [`${WORKFLOWS_FOLDER}/${entry.name}`, entry.oid]))
}
