import { z } from 'zod'
import { changeCheckRun, type CheckRunChanges, createCheckRun } from '../acts/check-runs.ts'
import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { presentAnnotation, presentCheckRun } from '../present/checks.ts'
import { checkConclusions, checkStatuses } from '../world/check-types.ts'
import { checkRunsOf } from '../world/checks.ts'
import { CHECK_ACTIONS, CHECK_ANNOTATIONS_PER_REQUEST, CHECK_TEXT_CHARACTERS } from '../world/limits.ts'
import type { App, CheckRun, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, ok } from '../server/answer.ts'
import { list, wrappedList } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getCommit } from './ref-words.ts'

const read = [{ permission: 'checks', level: 'read' }] as const
const write = [{ permission: 'checks', level: 'write' }] as const

const text = z.string().max(CHECK_TEXT_CHARACTERS, `Only ${CHECK_TEXT_CHARACTERS} characters are allowed`)
const annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
})
const changes = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(checkStatuses).optional(),
  started_at: z.string().optional(),
  conclusion: z.enum(checkConclusions).optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: text.optional(),
      text: text.optional(),
      annotations: z.array(annotation).max(CHECK_ANNOTATIONS_PER_REQUEST).optional(),
    })
    .optional(),
  actions: z
    .array(z.object({ label: z.string().max(20), description: z.string().max(40), identifier: z.string().max(20) }))
    .max(CHECK_ACTIONS)
    .optional(),
})

function toChanges(body: z.output<typeof changes>): CheckRunChanges {
  const annotations = body.output?.annotations?.map((each) => ({
    ...each,
    start_column: each.start_column,
    end_column: each.end_column,
    title: each.title,
    raw_details: each.raw_details,
  }))
  return {
    name: body.name,
    detailsUrl: body.details_url,
    externalId: body.external_id,
    status: body.status,
    startedAt: body.started_at,
    conclusion: body.conclusion,
    completedAt: body.completed_at,
    actions: body.actions,
    output:
      body.output === undefined
        ? undefined
        : { title: body.output.title, summary: body.output.summary, text: body.output.text, annotations },
  }
}

/** Only Apps write checks; GITHUB_TOKEN belongs to one. Source: OpenAPI checks/create. */
function requireApp(viewer: Viewer): TokenViewer & { readonly app: App } {
  if (viewer.kind !== 'token' || viewer.app === undefined) throw new Problem(403, 'You must authenticate via a GitHub App.')
  return { ...viewer, app: viewer.app }
}

function getCheckRun(world: World, repository: Repository, id: string): CheckRun {
  const run = world.state.checkRuns.get(Number(id))
  if (run === undefined || run.repositoryId !== repository.id) throw notFound()
  return run
}

export const checkRunRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/check-runs',
    operation: 'checks/create',
    needs: write,
    body: changes.extend({ name: z.string(), head_sha: z.string() }),
    async handle({ world, viewer, repository, store, body }) {
      const app = requireApp(viewer)
      const commit = await store.readCommit(body.head_sha)
      if (commit === undefined) throw new Problem(422, `No commit found for SHA: ${body.head_sha}`)
      const run = createCheckRun(world, app, { repository, input: { ...toChanges(body), name: body.name, headSha: commit.oid } })
      return created(presentCheckRun(world, run))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    operation: 'checks/get',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentCheckRun(world, getCheckRun(world, repository, param('check_run_id')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    operation: 'checks/update',
    needs: write,
    body: changes,
    handle({ world, viewer, repository, param, body }) {
      const app = requireApp(viewer)
      const run = getCheckRun(world, repository, param('check_run_id'))
      if (run.appId !== app.app.id) {
        throw new Problem(403, `Invalid app_id \`${app.app.id}\` - check run can only be modified by the GitHub App that created it.`)
      }
      changeCheckRun(world, app, { run, changes: toChanges(body) })
      return ok(presentCheckRun(world, run))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    operation: 'checks/list-annotations',
    needs: read,
    body: noBody,
    handle(call) {
      const run = getCheckRun(call.world, call.repository, call.param('check_run_id'))
      return list(call, run.output.annotations, (each) => presentAnnotation(call.world, run, each))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    operation: 'checks/list-for-ref',
    needs: read,
    body: noBody,
    async handle(call) {
      const { world, repository, store, param, query } = call
      const commit = await getCommit(store, repository, param('ref'))
      const [name, status, app] = [query('check_name'), query('status'), query('app_id')]
      const found = checkRunsOf(world, repository, commit.oid).filter(
        (run) => (name === undefined || run.name === name) && (app === undefined || String(run.appId) === app),
      )
      // A run that a newer one took the place of is not the latest, whatever its status. GitHub's description leaves the order open.
      const wanted = (query('filter') === 'all' ? found : latestOnly(found)).filter((run) => status === undefined || run.status === status)
      return wrappedList(call, 'check_runs', { all: wanted, present: (run) => presentCheckRun(world, run) })
    },
  }),
]

/** One of each name and suite: the newest, which comes first. */
function latestOnly(runs: readonly CheckRun[]): readonly CheckRun[] {
  const seen = new Set<string>()
  return runs.filter((run) => {
    const key = `${run.suiteId} ${run.name}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
