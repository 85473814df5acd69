import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { getRepository } from '../world/repositories.ts'
import type { Release } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `release`. A draft has no tarball, as it has no tag. */
export function presentRelease(context: WorldContext, release: Release) {
  const repository = getRepository(context, release.repositoryId)
  const url = `${repositoryUrl(context, repository)}/releases/${release.id}`
  const page = `${repositoryPage(context, repository)}/releases`
  const archive = (kind: string): string | null =>
    release.isDraft ? null : `${repositoryUrl(context, repository)}/${kind}/${release.tagName}`
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${page}/tag/${release.tagName}`,
    id: release.id,
    author: presentAccount(context, getAccount(context, release.authorId)),
    node_id: nodeId('release', release.id),
    tag_name: release.tagName,
    target_commitish: release.target,
    name: release.name ?? null,
    body: release.body ?? null,
    draft: release.isDraft,
    immutable: false,
    prerelease: release.isPrerelease,
    created_at: release.createdAt,
    updated_at: release.updatedAt,
    published_at: release.publishedAt ?? null,
    assets: [],
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
  }
}
