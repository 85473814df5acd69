import type { GitStore, LineChange, Oid } from '../git/types.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

export interface ChangedFile {
  readonly change: LineChange
  readonly from: Oid
  readonly to: Oid
}

/** OpenAPI `diff-entry`, without a patch. */
export async function presentChangedFile(
  context: WorldContext,
  repository: Repository,
  { store, file }: { readonly store: GitStore; readonly file: ChangedFile },
) {
  const { change, from, to } = file
  const entry = await store.readPath(change.status === 'removed' ? from : to, change.path)
  const at = `${to}/${change.path.split('/').map(encodeURIComponent).join('/')}`
  const { additions = 0, deletions = 0 } = change
  return {
    sha: entry?.oid ?? null,
    filename: change.path,
    status: change.status,
    ...(change.previous !== undefined && { previous_filename: change.previous }),
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${repositoryPage(context, repository)}/blob/${at}`,
    raw_url: `${repositoryPage(context, repository)}/raw/${at}`,
    contents_url: `${repositoryUrl(context, repository)}/contents/${encodeURIComponent(change.path)}?ref=${to}`,
  }
}
