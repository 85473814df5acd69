import type { BootstrapCommand } from '@switchyard/bootstrapping'
import { hashOf } from '@switchyard/core'
import type { Compared } from './compare-one.ts'
import type { UpdateFiles } from './handlers/update-branch.ts'
import { RECEIPT_PATH } from './rendering.ts'

export interface PlannedUpdate {
  readonly command: Extract<BootstrapCommand, { kind: 'update' }>
  readonly files: UpdateFiles
  readonly conflicts: number
}

/** The merge, and the pull request that brings it. The same news for the same repository are one update, whoever plans it. */
export async function planUpdate({
  id,
  fullName,
  defaultBranch,
  head,
  receipt,
  drift,
  base,
  theirs,
  ours,
  now,
}: Compared): Promise<PlannedUpdate> {
  const { mergeTrees, renderUpdatePullRequest, withoutFile } = await import('@switchyard/bootstrapping/recipe')
  const { repository, version, commit } = now.scene.template
  const [before, after, here] = [base, theirs, ours].map((tree) => withoutFile(tree, RECEIPT_PATH))
  const files = mergeTrees({ base: before ?? base, theirs: after ?? theirs, ours: here ?? ours, version })
  // The receipt is ours alone: marks in it would be no JSON.
  const merged = { ...files, changes: new Map([...files.changes, [RECEIPT_PATH, theirs.get(RECEIPT_PATH) ?? null] as const]) }
  const { title, body } = renderUpdatePullRequest({
    template: repository,
    from: `${receipt.template_repo}@${receipt.template_version}`,
    to: version,
    isRecipeNewer: drift.isRecipeNewer,
    merged,
  })
  const update_id = hashOf([id, repository, commit, now.recipe.recipe_hash, receipt.template_source_sha, receipt.recipe_hash]).slice(0, 16)
  return {
    command: {
      kind: 'update',
      update_id,
      repository: fullName,
      repository_id: id,
      branch: `switchyard/update-${update_id.slice(0, 8)}`,
      base: defaultBranch,
      title,
      body,
    },
    files: { parent: head, changes: merged.changes },
    conflicts: merged.conflicts.length,
  }
}
