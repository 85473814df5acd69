import { presentCommit } from '../present/commits.ts'
import { repositoryPage, repositoryUrl } from '../present/repositories.ts'
import { branchRef } from '../git/ref-names.ts'
import type { GitStore, Oid } from '../git/types.ts'
import { bindingRules } from '../rules/rulesets.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { ok } from '../server/answer.ts'
import { list, pageOf } from '../server/paging.ts'
import { Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getCommit, requireCommits } from './ref-words.ts'

const read = [{ permission: 'contents', level: 'read' }] as const
const HEADS = 'refs/heads/'

/** Whether a branch is protected is told; by what, only its own endpoint tells. */
const noProtection = { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } }

function isProtected(context: WorldContext, repository: Repository, branch: string): boolean {
  if (repository.protections.has(branch)) return true
  const rules = ['update', 'deletion', 'non_fast_forward', 'pull_request'] as const
  return bindingRules(context, { kind: 'anonymous' }, { repository, ref: branchRef(branch), rules }).length > 0
}

async function presentBranch(
  context: WorldContext,
  repository: Repository,
  { store, branch, oid }: { readonly store: GitStore; readonly branch: string; readonly oid: Oid },
) {
  const commit = await store.readCommit(oid)
  const url = `${repositoryUrl(context, repository)}/branches/${branch}`
  return {
    name: branch,
    commit: commit === undefined ? null : presentCommit(context, repository, commit),
    _links: { self: url, html: `${repositoryPage(context, repository)}/tree/${branch}` },
    protected: isProtected(context, repository, branch),
    protection: noProtection,
    protection_url: `${url}/protection`,
  }
}

export const branchRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches',
    operation: 'repos/list-branches',
    needs: read,
    body: noBody,
    async handle(call) {
      const { world, repository, store } = call
      const refs = await store.listRefs(HEADS)
      return list(call, refs, ({ name, oid }) => {
        const branch = name.slice(HEADS.length)
        return {
          name: branch,
          commit: { sha: oid, url: `${repositoryUrl(world, repository)}/commits/${oid}` },
          protected: isProtected(world, repository, branch),
          protection: noProtection,
          protection_url: `${repositoryUrl(world, repository)}/branches/${branch}/protection`,
        }
      })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches/{branch}',
    operation: 'repos/get-branch',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param }) {
      const branch = param('branch')
      const oid = await store.readRef(branchRef(branch))
      if (oid === undefined) throw new Problem(404, 'Branch not found')
      return ok(await presentBranch(world, repository, { store, branch, oid }))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits',
    operation: 'repos/list-commits',
    needs: read,
    body: noBody,
    differs: '`committer` is no filter',
    async handle(call) {
      const { world, repository, store, query } = call
      await requireCommits(store)
      const from = await getCommit(store, repository, query('sha'))
      const [path, author, since, until] = [query('path'), query('author'), query('since'), query('until')]
      const oids = await store.log({
        from: from.oid,
        ...(path === undefined ? {} : { path }),
        ...(author === undefined ? {} : { author }),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
      })
      const page = pageOf(call, oids)
      const commits = await Promise.all(page.items.map((oid) => store.readCommit(oid)))
      return ok(
        commits.filter((commit) => commit !== undefined).map((commit) => presentCommit(world, repository, commit)),
        page.headers,
      )
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}',
    operation: 'repos/get-commit',
    needs: read,
    body: noBody,
    differs: '`stats` and `files` are left out: no diff is made; the `sha` media type gives the id alone, as on GitHub',
    async handle({ world, repository, store, param, headers }) {
      const commit = await getCommit(store, repository, param('ref'))
      if (headers.get('accept')?.includes('.sha') === true) {
        return ok(Buffer.from(commit.oid), { 'content-type': 'application/vnd.github.v3.sha; charset=utf-8' })
      }
      return ok(presentCommit(world, repository, commit))
    },
  }),
]
