import { hashOf } from '@switchyard/core'
import type { Visibility } from '../model.ts'

/** Everything that decides what a run makes, and where. */
export interface Approval {
  readonly recipe_hash: string
  readonly catalog_version: string
  readonly template_version: string
  readonly template_source_sha: string
  readonly owner: string
  readonly slug: string
  readonly visibility: Visibility
}

/** What somebody approved by approving a preview, as 64 hex digits: nothing that the run depends on may have changed since. */
export function approvalHash(approval: Approval): string {
  const { recipe_hash, catalog_version, template_version, template_source_sha, owner, slug, visibility } = approval
  return hashOf({ recipe_hash, catalog_version, template_version, template_source_sha, owner, slug, visibility })
}
