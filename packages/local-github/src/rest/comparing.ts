import type { Commit, GitStore } from '../git/types.ts'
import { presentCommit } from '../present/commits.ts'
import { presentChangedFile } from '../present/files.ts'
import { repositoryPage, repositoryUrl } from '../present/repositories.ts'
import type { Repository } from '../world/types.ts'
import { ok } from '../server/answer.ts'
import { pageOf } from '../server/paging.ts'
import { notFound } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { findCommit, requireCommits } from './ref-words.ts'

/** The first page holds at most this many files. Source: OpenAPI repos/compare-commits-with-basehead. */
const FILES = 300

async function getCommits(store: GitStore, repository: Repository, basehead: string): Promise<readonly [Commit, Commit]> {
  await requireCommits(store)
  const [base = '', head = ''] = basehead.split('...')
  const [from, to] = await Promise.all([base, head].map((name) => findCommit(store, repository, name)))
  if (from === undefined || to === undefined) throw notFound()
  return [from, to]
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead === behind) return 'identical'
  return ahead > 0 ? 'ahead' : 'behind'
}

export const comparingRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/compare/{basehead}',
    operation: 'repos/compare-commits-with-basehead',
    needs: [{ permission: 'contents', level: 'read' }],
    body: noBody,
    differs: 'within one repository; no patches',
    async handle(call) {
      const { world, repository, store } = call
      const [base, head] = await getCommits(store, repository, call.param('basehead'))
      const shared = await store.mergeBase(base.oid, head.oid)
      const mergeBase = shared === undefined ? undefined : await store.readCommit(shared)
      if (mergeBase === undefined) throw notFound()
      const [ahead, behind, changes] = await Promise.all([
        store.log({ from: head.oid, not: base.oid }),
        store.log({ from: base.oid, not: head.oid }),
        store.lineChanges(mergeBase.oid, head.oid),
      ])
      const page = pageOf(call, [...ahead].reverse())
      const commits = (await Promise.all(page.items.map((oid) => store.readCommit(oid)))).filter((commit) => commit !== undefined)
      const between = { from: mergeBase.oid, to: head.oid }
      const files = changes.slice(0, FILES).map((change) => presentChangedFile(world, repository, { store, file: { change, ...between } }))
      const [url, html] = [`${repositoryUrl(world, repository)}/compare`, `${repositoryPage(world, repository)}/compare`]
      const pair = `${base.oid}...${head.oid}`
      return ok(
        {
          url: `${url}/${pair}`,
          html_url: `${html}/${pair}`,
          permalink_url: `${html}/${pair}`,
          diff_url: `${html}/${pair}.diff`,
          patch_url: `${html}/${pair}.patch`,
          base_commit: presentCommit(world, repository, base),
          merge_base_commit: presentCommit(world, repository, mergeBase),
          status: statusOf(ahead.length, behind.length),
          ahead_by: ahead.length,
          behind_by: behind.length,
          total_commits: ahead.length,
          commits: commits.map((commit) => presentCommit(world, repository, commit)),
          files: await Promise.all(files),
        },
        page.headers,
      )
    },
  }),
]
