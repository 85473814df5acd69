import { z } from 'zod'
import type { MergeSettings, Repository, Visibility } from '../world/types.ts'

/** What both the making and the changing of a repository take. Source: OpenAPI repos/create-in-org and repos/update. */
export const repositoryFields = {
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  has_issues: z.boolean().optional(),
  has_projects: z.boolean().optional(),
  has_wiki: z.boolean().optional(),
  has_discussions: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_merge_commit: z.boolean().optional(),
  allow_rebase_merge: z.boolean().optional(),
  allow_auto_merge: z.boolean().optional(),
  allow_update_branch: z.boolean().optional(),
  delete_branch_on_merge: z.boolean().optional(),
}
const fields = z.object(repositoryFields)
type Fields = z.output<typeof fields>

export function wantedVisibility(wanted: Fields): Visibility | undefined {
  if (wanted.visibility !== undefined) return wanted.visibility
  return wanted.private === undefined ? undefined : wanted.private ? 'private' : 'public'
}

/** What is not named stays as it is. */
export function setRepositoryFields(repository: Repository, wanted: Fields): void {
  if (wanted.description !== undefined) repository.description = wanted.description ?? undefined
  if (wanted.homepage !== undefined) repository.homepage = wanted.homepage ?? undefined
  repository.visibility = wantedVisibility(wanted) ?? repository.visibility
  const { features, merging } = repository
  features.issues = wanted.has_issues ?? features.issues
  features.projects = wanted.has_projects ?? features.projects
  features.wiki = wanted.has_wiki ?? features.wiki
  features.discussions = wanted.has_discussions ?? features.discussions
  Object.assign(merging, {
    squash: wanted.allow_squash_merge ?? merging.squash,
    mergeCommit: wanted.allow_merge_commit ?? merging.mergeCommit,
    rebase: wanted.allow_rebase_merge ?? merging.rebase,
    auto: wanted.allow_auto_merge ?? merging.auto,
    updateBranch: wanted.allow_update_branch ?? merging.updateBranch,
    deleteBranch: wanted.delete_branch_on_merge ?? merging.deleteBranch,
  } satisfies MergeSettings)
}
