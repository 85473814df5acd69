import { presentJob } from '../present/jobs.ts'
import type { Repository, WorkflowJob } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ok } from '../server/answer.ts'
import { wrappedList } from '../server/paging.ts'
import { notFound } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getRun } from './runs.ts'

const read = [{ permission: 'actions', level: 'read' }] as const

function jobsOf(world: World, runId: number, attempt: number | undefined): readonly WorkflowJob[] {
  return [...world.state.jobs.values()].filter((job) => job.runId === runId && (attempt === undefined || job.attempt === attempt))
}

function getJob(world: World, repository: Repository, id: string): WorkflowJob {
  const job = world.state.jobs.get(Number(id))
  if (job === undefined || world.state.runs.get(job.runId)?.repositoryId !== repository.id) throw notFound()
  return job
}

export const jobRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
    operation: 'actions/list-jobs-for-workflow-run',
    needs: read,
    body: noBody,
    handle(call) {
      const run = getRun(call.world, call.repository, call.param('run_id'))
      const attempt = call.query('filter') === 'all' ? undefined : run.attempts.length
      return wrappedList(call, 'jobs', { all: jobsOf(call.world, run.id, attempt), present: (job) => presentJob(call.world, run, job) })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
    operation: 'actions/list-jobs-for-workflow-run-attempt',
    needs: read,
    body: noBody,
    handle(call) {
      const run = getRun(call.world, call.repository, call.param('run_id'))
      const attempt = Number(call.param('attempt_number'))
      if (!run.attempts.some(({ number }) => number === attempt)) throw notFound()
      return wrappedList(call, 'jobs', { all: jobsOf(call.world, run.id, attempt), present: (job) => presentJob(call.world, run, job) })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/jobs/{job_id}',
    operation: 'actions/get-job-for-workflow-run',
    needs: read,
    body: noBody,
    handle({ world, repository, param }) {
      const job = getJob(world, repository, param('job_id'))
      const run = getRun(world, repository, String(job.runId))
      return ok(presentJob(world, run, job))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
    operation: 'actions/download-job-logs-for-workflow-run',
    needs: read,
    differs: 'the log is the answer itself; GitHub redirects to where it is kept',
    body: noBody,
    handle({ world, repository, param }) {
      const job = getJob(world, repository, param('job_id'))
      return {
        status: 200,
        body: Buffer.from(job.log.map((line) => `${line}\n`).join('')),
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      }
    },
  }),
]
