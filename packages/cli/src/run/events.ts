import { UserError } from '@switchyard/core'
import type { Runner } from '@switchyard/workflow-runner'
import { callApi } from './call-api.ts'
import { type OpenRepositories, pushAsIs } from './open-repositories.ts'
import type { RunEnd } from './run-ends.ts'

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
  readonly conclusion?: RunEnd | undefined
  readonly cron?: string | undefined
}

/** An event in two parts: what has to be there before, and what happens. */
export interface FiredEvent {
  /** The options that mean something to it. */
  readonly takes: readonly (keyof EventOptions)[]
  /** Those of them that it cannot be without. */
  readonly needs?: readonly (keyof EventOptions)[]
  /** Done before workflows run. */
  readonly prepare?: (open: OpenRepositories, options: EventOptions) => Promise<void>
  readonly fire: (open: OpenRepositories, options: EventOptions, runner: Runner) => Promise<void>
}

const DEFAULT_BRANCH = 'main'
/** Milliseconds in which every schedule falls due at least once. */
const LONG_ENOUGH = 366 * 24 * 60 * 60 * 1000

const pushAll = (open: OpenRepositories): Promise<void> => open.push({ withChosen: true })
const repos = ({ chosen }: OpenRepositories, path: string): string => `/repos/${chosen.fullName}${path}`

const events: Readonly<Record<string, FiredEvent>> = {
  push: {
    takes: ['branch', 'tag', 'title'],
    prepare: (open, { branch = DEFAULT_BRANCH, tag }) => open.push({ withChosen: tag !== undefined || branch !== DEFAULT_BRANCH }),
    async fire({ github, actor, chosen }, { branch = DEFAULT_BRANCH, tag, title }) {
      const ref = tag === undefined ? `refs/heads/${branch}` : `refs/tags/${tag}`
      await pushAsIs(github, chosen.folder, { repository: chosen.fullName, pusher: actor, message: title ?? 'Push everything', ref })
    },
  },
  workflow_dispatch: {
    takes: ['workflow', 'ref', 'input'],
    needs: ['workflow'],
    prepare: pushAll,
    async fire(open, { workflow = '', ref = DEFAULT_BRANCH, input }) {
      const path = repos(open, `/actions/workflows/${encodeURIComponent(workflow)}/dispatches`)
      await callApi(open, { method: 'POST', path, body: { ref, inputs: input } })
    },
  },
  repository_dispatch: {
    takes: ['type', 'payload'],
    needs: ['type'],
    prepare: pushAll,
    async fire(open, { type, payload = {} }) {
      await callApi(open, { method: 'POST', path: repos(open, '/dispatches'), body: { event_type: type, client_payload: payload } })
    },
  },
  issues: {
    takes: ['title', 'body', 'label'],
    prepare: pushAll,
    async fire(open, { title = 'An issue', body = '', label }) {
      await callApi(open, { method: 'POST', path: repos(open, '/issues'), body: { title, body, labels: label } })
    },
  },
  issue_comment: {
    takes: ['title', 'body', 'label'],
    needs: ['body'],
    async prepare(open, { title = 'An issue', label }) {
      await pushAll(open)
      await callApi(open, { method: 'POST', path: repos(open, '/issues'), body: { title, labels: label } })
      await open.github.world.events.settled()
    },
    async fire(open, { body }) {
      await callApi(open, { method: 'POST', path: repos(open, '/issues/1/comments'), body: { body } })
    },
  },
  pull_request: {
    takes: ['branch', 'title', 'body'],
    async prepare(open, { branch = 'feature' }) {
      await pushAll(open)
      const { world } = open.github
      const store = world.git(open.chosen.fullName)
      await store.createRef(`refs/heads/${branch}`, (await store.readRef(`refs/heads/${DEFAULT_BRANCH}`)) ?? '')
      // A commit of its own makes the branch differ; it changes nothing, since there is only one state of the folder.
      await world.commit({ repository: open.chosen.fullName, branch, files: {}, message: 'Work' })
      await world.events.settled()
    },
    async fire(open, { branch = 'feature', title = 'A pull request', body = '' }) {
      await callApi(open, { method: 'POST', path: repos(open, '/pulls'), body: { title, body, head: branch, base: DEFAULT_BRANCH } })
    },
  },
  workflow_run: {
    takes: ['workflow', 'branch', 'conclusion'],
    needs: ['workflow'],
    async prepare(open, { workflow: name = '', branch = DEFAULT_BRANCH }) {
      await pushAll(open)
      const { world } = open.github
      await world
        .startRun({ repository: open.chosen.fullName, workflow: name, actor: open.actor, headBranch: branch })
        .catch((cause: unknown) => {
          throw new UserError('WORKFLOW_NOT_FOUND', `${open.chosen.fullName} has no workflow ${name} on ${branch}`, {
            hint: 'Name its file: --workflow ci.yml',
            cause,
          })
        })
      await world.events.settled()
    },
    async fire({ github }, { conclusion = 'success' }) {
      const [run] = github.world.state.runs.values()
      if (run !== undefined) await github.world.completeRun(run.id, conclusion)
    },
  },
  schedule: {
    takes: ['cron'],
    prepare: pushAll,
    async fire({ github }, { cron }, runner) {
      github.clock.advance(LONG_ENOUGH)
      await runner.tick(cron)
    },
  },
}

const eventNames: readonly string[] = Object.keys(events)

/** What workflows may ask for and cannot be made here, and what to do instead. */
const unmade: Readonly<Record<string, string>> = {
  pull_request_target: 'It happens together with pull_request',
  workflow_call: 'A called workflow runs as part of the one that calls it: let the event of that one happen',
}

/**
 * The event of this name, for these options.
 *
 * @throws {UserError} `EVENT_UNKNOWN`, and `USAGE` for an option that it does not take or is missing.
 */
export function getEvent(name: string, options: EventOptions): FiredEvent {
  const event = Object.hasOwn(events, name) ? events[name] : undefined
  if (event === undefined) {
    const why = Object.hasOwn(unmade, name) ? `. ${unmade[name]}` : ''
    throw new UserError('EVENT_UNKNOWN', `${name} is no event that can be made here${why}`, {
      hint: `Use one of ${eventNames.join(', ')}.`,
    })
  }
  const hint = `${name} takes ${renderFlags(event.takes)}.`
  const strange = optionNames.filter((key) => isGiven(options[key]) && !event.takes.includes(key))
  if (strange.length > 0) throw new UserError('USAGE', `${name} does not take ${renderFlags(strange)}`, { hint })
  const missing = (event.needs ?? []).filter((key) => !isGiven(options[key]))
  if (missing.length > 0) throw new UserError('USAGE', `${name} needs ${renderFlags(missing)}`, { hint })
  if (options.branch !== undefined && options.tag !== undefined) {
    throw new UserError('USAGE', 'A push goes to --branch or to --tag, not to both', { hint })
  }
  return event
}

const optionNames: readonly (keyof EventOptions)[] = [...new Set(Object.values(events).flatMap(({ takes }) => takes))]
const renderFlags = (keys: readonly string[]): string => keys.map((key) => `--${key}`).join(', ')

/** Repeatable options are empty lists or records where they are not given. */
function isGiven(value: EventOptions[keyof EventOptions]): boolean {
  if (value === undefined || value === '') return false
  return typeof value === 'string' || Object.keys(value).length > 0
}
