import type { TokenViewer } from '../auth/viewer.ts'
import { announce, senderOf } from '../events/announce.ts'
import type { GitStore } from '../git/types.ts'
import { presentRelease } from '../present/releases.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { getRepository } from '../world/repositories.ts'
import type { Release, Repository } from '../world/types.ts'
import { recordPush } from './pushes.ts'
import { NULL_OID } from '../git/types.ts'

export interface ReleaseInput {
  readonly tagName: string
  readonly target: string
  readonly name: string | undefined
  readonly body: string | undefined
  readonly isDraft: boolean
  readonly isPrerelease: boolean
}

/** Makes a release; one that is no draft is published at once. `commit` is what its tag will name. */
export async function createRelease(
  context: WorldContext,
  viewer: TokenViewer,
  {
    repository,
    store,
    input,
    commit,
  }: { readonly repository: Repository; readonly store: GitStore; readonly input: ReleaseInput; readonly commit: string },
): Promise<Release> {
  const at = context.clock.moment()
  const release: Release = {
    id: takeId(context),
    repositoryId: repository.id,
    authorId: viewer.account.id,
    ...input,
    isDraft: true,
    createdAt: at,
    updatedAt: at,
    publishedAt: undefined,
  }
  context.state.releases.set(release.id, release)
  if (!input.isDraft) await publishRelease(context, viewer, { release, store, commit })
  return release
}

/** Publishes a draft: its tag is made if it is not there, and a `release` event is sent. */
export async function publishRelease(
  context: WorldContext,
  viewer: TokenViewer,
  { release, store, commit }: { readonly release: Release; readonly store: GitStore; readonly commit: string },
): Promise<void> {
  const repository = getRepository(context, release.repositoryId)
  const ref = `refs/tags/${release.tagName}`
  if ((await store.readRef(ref)) === undefined) {
    await store.createRef(ref, commit)
    await recordPush(context, repository, { commands: [{ ref, old: NULL_OID, new: commit }], viewer })
  }
  release.isDraft = false
  release.publishedAt = context.clock.moment()
  release.updatedAt = release.publishedAt
  announce(context, {
    name: 'release',
    action: 'published',
    repository,
    ...senderOf(context, viewer, repository),
    content: { release: { ...presentRelease(context, release), updated_at: release.updatedAt } },
  })
}

/** What GitHub calls the latest: published, no prerelease, the youngest. */
export function findLatestRelease(context: WorldContext, repository: Repository): Release | undefined {
  return releasesOf(context, repository).find((release) => !release.isDraft && !release.isPrerelease)
}

/** Newest first. */
export function releasesOf(context: WorldContext, repository: Repository): readonly Release[] {
  return [...context.state.releases.values()].filter((release) => release.repositoryId === repository.id).reverse()
}
