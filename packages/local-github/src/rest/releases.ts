import { z } from 'zod'
import { createRelease, findLatestRelease, publishRelease, releasesOf } from '../acts/releases.ts'
import { isAllowed } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { GitStore } from '../git/types.ts'
import { presentRelease } from '../present/releases.ts'
import type { Release, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, noContent, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, requiresAuthentication, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { findCommit } from './ref-words.ts'

const read = [{ permission: 'contents', level: 'read' }] as const
const write = [{ permission: 'contents', level: 'write' }] as const
const path = '/repos/{owner}/{repo}/releases'

const fields = {
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(['true', 'false', 'legacy']).optional(),
}

/** Drafts are seen by those who may write. */
function visibleReleases(world: World, repository: Repository, viewer: Viewer): readonly Release[] {
  const seesDrafts = isAllowed(world, viewer, { repository, need: write[0] })
  return releasesOf(world, repository).filter((release) => seesDrafts || !release.isDraft)
}

interface ReleaseCall {
  readonly world: World
  readonly repository: Repository
  readonly viewer: Viewer
  param(name: string): string
}

function getRelease({ world, repository, viewer, param }: ReleaseCall): Release {
  const release = visibleReleases(world, repository, viewer).find(({ id }) => String(id) === param('release_id'))
  if (release === undefined) throw notFound()
  return release
}

/** The commit that a release's tag names, or will name. */
async function getTarget(
  store: GitStore,
  repository: Repository,
  { tagName, target }: { readonly tagName: string; readonly target: string },
): Promise<string> {
  const tagged = await store.readRef(`refs/tags/${tagName}`)
  const commit = tagged === undefined ? await findCommit(store, repository, target) : await findCommit(store, repository, tagName)
  if (commit === undefined) throw validationFailed({ resource: 'Release', code: 'invalid', field: 'target_commitish' })
  return commit.oid
}

export const releaseRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path,
    operation: 'repos/list-releases',
    needs: read,
    body: noBody,
    handle: (call) =>
      list(call, visibleReleases(call.world, call.repository, call.viewer), (release) => presentRelease(call.world, release)),
  }),
  repositoryRoute({
    method: 'POST',
    path,
    operation: 'repos/create-release',
    needs: write,
    differs: 'no assets, no generated notes, no discussions',
    body: z.object({ tag_name: z.string().min(1), ...fields }),
    async handle({ world, repository, store, viewer, body }) {
      if (viewer.kind !== 'token') throw requiresAuthentication()
      // Several drafts may name one tag; of published releases only one can.
      if (releasesOf(world, repository).some((each) => !each.isDraft && each.tagName === body.tag_name)) {
        throw validationFailed({ resource: 'Release', code: 'already_exists', field: 'tag_name' })
      }
      const target = body.target_commitish ?? repository.defaultBranch
      const input = {
        tagName: body.tag_name,
        target,
        name: body.name ?? undefined,
        body: body.body ?? undefined,
        isDraft: body.draft ?? false,
        isPrerelease: body.prerelease ?? false,
      }
      const commit = await getTarget(store, repository, input)
      const shown = presentRelease(world, await createRelease(world, viewer, { repository, store, input, commit }))
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/latest`,
    operation: 'repos/get-latest-release',
    needs: read,
    body: noBody,
    handle({ world, repository }) {
      const latest = findLatestRelease(world, repository)
      if (latest === undefined) throw notFound()
      return ok(presentRelease(world, latest))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/tags/{tag}`,
    operation: 'repos/get-release-by-tag',
    needs: read,
    body: noBody,
    handle({ world, repository, param }) {
      const release = releasesOf(world, repository).find((each) => !each.isDraft && each.tagName === param('tag'))
      if (release === undefined) throw notFound()
      return ok(presentRelease(world, release))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/{release_id}`,
    operation: 'repos/get-release',
    needs: read,
    body: noBody,
    handle: (call) => ok(presentRelease(call.world, getRelease(call))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: `${path}/{release_id}`,
    operation: 'repos/update-release',
    needs: write,
    body: z.object({ tag_name: z.string().min(1).optional(), ...fields }),
    async handle(call) {
      const { world, repository, store, viewer, body } = call
      if (viewer.kind !== 'token') throw requiresAuthentication()
      const release = getRelease(call)
      release.tagName = body.tag_name ?? release.tagName
      release.target = body.target_commitish ?? release.target
      release.name = body.name ?? release.name
      release.body = body.body ?? release.body
      release.isPrerelease = body.prerelease ?? release.isPrerelease
      release.updatedAt = world.clock.moment()
      if (release.isDraft && body.draft === false) {
        await publishRelease(world, viewer, { release, store, commit: await getTarget(store, repository, release) })
      }
      return ok(presentRelease(world, release))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: `${path}/{release_id}`,
    operation: 'repos/delete-release',
    needs: write,
    body: noBody,
    handle(call) {
      call.world.state.releases.delete(getRelease(call).id)
      return noContent()
    },
  }),
]
