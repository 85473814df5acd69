import { z } from 'zod'
import { moveRef } from '../acts/refs.ts'
import { NULL_OID, type GitRef } from '../git/types.ts'
import { nodeId } from '../world/node-ids.ts'
import { repositoryUrl } from '../present/repositories.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { created, noContent, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { refProblem, requireCommits } from './ref-words.ts'

const read = [{ permission: 'contents', level: 'read' }] as const
const write = [{ permission: 'contents', level: 'write' }] as const
const oid = z.string().regex(/^[0-9a-f]{40}$/, 'is not a 40 character hexadecimal string.')

/** OpenAPI `git-ref`. */
async function presentRef(context: WorldContext, repository: Repository, ref: GitRef) {
  const url = repositoryUrl(context, repository)
  const type = (await context.stores.get(repository.id).readObject(ref.oid))?.type ?? 'commit'
  return {
    ref: ref.name,
    node_id: nodeId('ref', `${repository.id}:${ref.name}`),
    url: `${url}/git/${ref.name}`,
    object: { sha: ref.oid, type, url: `${url}/git/${type}s/${ref.oid}` },
  }
}

export const gitRefRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/ref/{ref}',
    operation: 'git/get-ref',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param }) {
      await requireCommits(store)
      const name = `refs/${param('ref')}`
      const found = await store.readRef(name)
      if (found === undefined) throw notFound()
      return ok(await presentRef(world, repository, { name, oid: found }))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/matching-refs/{ref}',
    operation: 'git/list-matching-refs',
    needs: read,
    body: noBody,
    async handle(call) {
      const refs = await call.store.listRefs(`refs/${call.param('ref')}`)
      const shown = await Promise.all(refs.map((ref) => presentRef(call.world, call.repository, ref)))
      return list(call, shown, (ref) => ref)
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/git/refs',
    operation: 'git/create-ref',
    needs: write,
    body: z.object({ ref: z.string(), sha: oid }),
    async handle({ world, viewer, repository, store, body }) {
      await requireCommits(store)
      if (!body.ref.startsWith('refs/') || body.ref.split('/').length < 3) {
        throw new Problem(422, "Reference name must start with 'refs/' and have at least two slashes.")
      }
      if ((await store.readObject(body.sha)) === undefined) throw new Problem(422, 'Object does not exist')
      const moved = await moveRef(world, { repository, ref: body.ref, old: NULL_OID, new: body.sha, viewer })
      if (!moved.ok) throw refProblem(viewer, moved)
      const shown = await presentRef(world, repository, { name: body.ref, oid: body.sha })
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/git/refs/{ref}',
    operation: 'git/update-ref',
    needs: write,
    body: z.object({ sha: oid, force: z.boolean().optional() }),
    async handle({ world, viewer, repository, store, param, body }) {
      await requireCommits(store)
      const name = `refs/${param('ref')}`
      const old = await store.readRef(name)
      if (old === undefined) throw refProblem(viewer, { ok: false, reason: 'missing' })
      if ((await store.readCommit(body.sha)) === undefined) throw new Problem(422, 'Object does not exist')
      if (body.force !== true && !(await store.isAncestor(old, body.sha))) throw refProblem(viewer, { ok: false, reason: 'moved' })
      const moved = await moveRef(world, { repository, ref: name, old, new: body.sha, viewer })
      if (!moved.ok) throw refProblem(viewer, moved)
      return ok(await presentRef(world, repository, { name, oid: body.sha }))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/git/refs/{ref}',
    operation: 'git/delete-ref',
    needs: write,
    body: noBody,
    async handle({ world, viewer, repository, store, param }) {
      await requireCommits(store)
      const name = `refs/${param('ref')}`
      const old = await store.readRef(name)
      if (old === undefined) throw refProblem(viewer, { ok: false, reason: 'missing' })
      const moved = await moveRef(world, { repository, ref: name, old, new: NULL_OID, viewer })
      if (!moved.ok) throw refProblem(viewer, moved)
      return noContent()
    },
  }),
]
