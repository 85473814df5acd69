import { UserError } from '@switchyard/core'
import { pushFolder } from '@switchyard/local-github'
import type { Runner } from '@switchyard/workflow-runner'
import { callApi } from './call-api.ts'
import type { OpenRepositories } from './open-repositories.ts'

/** What the options of `switchyard run` say about the event. */
export interface EventOptions {
  readonly branch?: string | undefined
  readonly tag?: string | undefined
  readonly workflow?: string | undefined
  readonly ref?: string | undefined
  readonly input: Readonly<Record<string, string>>
  readonly type?: string | undefined
  readonly payload?: Readonly<Record<string, unknown>> | undefined
  readonly title?: string | undefined
  readonly body?: string | undefined
  readonly label: readonly string[]
  readonly conclusion?: string | undefined
  readonly cron?: string | undefined
}

/** An event in two parts: what has to be there before, and what happens. */
export interface FiredEvent {
  /** Done before workflows run. */
  readonly prepare?: (open: OpenRepositories, options: EventOptions) => Promise<void>
  readonly fire: (open: OpenRepositories, options: EventOptions, runner: Runner) => Promise<void>
}

const DEFAULT_BRANCH = 'main'
/** Milliseconds in which every schedule falls due at least once. */
const LONG_ENOUGH = 366 * 24 * 60 * 60 * 1000

const pushAll = (open: OpenRepositories): Promise<void> => open.push({ withChosen: true })
const repos = ({ chosen }: OpenRepositories, path: string): string => `/repos/${chosen.fullName}${path}`

export const events: Readonly<Record<string, FiredEvent>> = {
  push: {
    prepare: (open, { branch = DEFAULT_BRANCH, tag }) => open.push({ withChosen: tag !== undefined || branch !== DEFAULT_BRANCH }),
    async fire({ github, actor, chosen }, { branch = DEFAULT_BRANCH, tag, title }) {
      const ref = tag === undefined ? `refs/heads/${branch}` : `refs/tags/${tag}`
      await pushFolder(github, chosen.folder, { repository: chosen.fullName, pusher: actor, message: title ?? 'Push everything', ref })
    },
  },
  workflow_dispatch: {
    prepare: pushAll,
    async fire(open, { workflow, ref = DEFAULT_BRANCH, input }) {
      const path = repos(open, `/actions/workflows/${encodeURIComponent(need(workflow, '--workflow'))}/dispatches`)
      await callApi(open, { method: 'POST', path, body: { ref, inputs: input } })
    },
  },
  repository_dispatch: {
    prepare: pushAll,
    async fire(open, { type, payload = {} }) {
      await callApi(open, { method: 'POST', path: repos(open, '/dispatches'), body: { event_type: need(type, '--type'), client_payload: payload } })
    },
  },
  issues: {
    prepare: pushAll,
    async fire(open, { title = 'An issue', body = '', label }) {
      await callApi(open, { method: 'POST', path: repos(open, '/issues'), body: { title, body, labels: label } })
    },
  },
  issue_comment: {
    async prepare(open, { title = 'An issue', label }) {
      await pushAll(open)
      await callApi(open, { method: 'POST', path: repos(open, '/issues'), body: { title, labels: label } })
    },
    async fire(open, { body }) {
      await callApi(open, { method: 'POST', path: repos(open, '/issues/1/comments'), body: { body: need(body, '--body') } })
    },
  },
  pull_request: {
    async prepare(open, { branch = 'feature' }) {
      await pushAll(open)
      const { world } = open.github
      const store = world.git(open.chosen.fullName)
      await store.createRef(`refs/heads/${branch}`, (await store.readRef(`refs/heads/${DEFAULT_BRANCH}`)) ?? '')
      // A commit of its own makes the branch differ; it changes nothing, since there is only one state of the folder.
      await world.commit({ repository: open.chosen.fullName, branch, files: {}, message: 'Work' })
    },
    async fire(open, { branch = 'feature', title = 'A pull request', body = '' }) {
      await callApi(open, { method: 'POST', path: repos(open, '/pulls'), body: { title, body, head: branch, base: DEFAULT_BRANCH } })
    },
  },
  workflow_run: {
    async prepare(open, { workflow, branch = DEFAULT_BRANCH }) {
      await pushAll(open)
      const { world } = open.github
      const name = need(workflow, '--workflow')
      await world.startRun({ repository: open.chosen.fullName, workflow: name, actor: open.actor, headBranch: branch }).catch((cause: unknown) => {
        throw new UserError('WORKFLOW_NOT_FOUND', `${open.chosen.fullName} has no workflow ${name} on ${branch}`, { hint: 'Name its file: --workflow ci.yml', cause })
      })
      await world.events.settled()
    },
    async fire({ github }, { conclusion = 'success' }) {
      const [run] = github.world.state.runs.values()
      if (conclusion !== 'success' && conclusion !== 'failure' && conclusion !== 'cancelled') {
        throw new UserError('USAGE', `A run ends with success, failure or cancelled, not with ${conclusion}`)
      }
      if (run !== undefined) await github.world.completeRun(run.id, conclusion)
    },
  },
  schedule: {
    prepare: pushAll,
    async fire({ github }, { cron }, runner) {
      github.clock.advance(LONG_ENOUGH)
      await runner.tick(cron)
    },
  },
}

function need(value: string | undefined, option: string): string {
  if (value !== undefined && value !== '') return value
  throw new UserError('USAGE', `This event needs ${option}`, { hint: 'See `switchyard run --help`.' })
}
