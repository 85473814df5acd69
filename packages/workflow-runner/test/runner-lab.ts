import { type LocalGitHub, startLocalGitHub, type WorkflowJob, type WorkflowRun } from '@switchyard/local-github'
import { watchContract } from '@switchyard/local-github/contract'
import { attachRunner, type Progress, type Runner, type RunnerOptions } from '../src/index.ts'

export interface LabOptions extends RunnerOptions {
  readonly secrets?: Readonly<Record<string, string>>
  /** Text by path, in acme/app. */
  readonly files?: Readonly<Record<string, string>>
  /** Further repositories, in place before anything runs. */
  readonly others?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface JobSeen {
  readonly name: string
  readonly conclusion: string | undefined
  readonly steps: readonly string[]
  readonly log: string
  /** What the steps printed themselves, without headings. */
  readonly said: readonly string[]
}

/** A repository acme/app on an embedded GitHub with a runner. */
export interface RunnerLab {
  readonly github: LocalGitHub
  readonly runner: Runner
  readonly progress: readonly Progress[]
  readonly token: string
  /** Puts workflows there by name and pushes them for real; returns when everything it caused has ended. */
  push(
    workflows: Readonly<Record<string, string>>,
    options?: { readonly branch?: string; readonly message?: string; readonly wait?: boolean },
  ): Promise<void>
  send(path: string, method: string, body?: unknown, token?: string): Promise<{ readonly status: number; readonly body: unknown }>
  runs(workflow?: string): readonly WorkflowRun[]
  conclusions(workflow?: string): readonly (string | undefined)[]
  jobs(workflow?: string): readonly JobSeen[]
  job(name: string): JobSeen
  close(): Promise<void>
}

export async function openRunnerLab({ secrets = {}, files = {}, others = {}, ...options }: LabOptions = {}): Promise<RunnerLab> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const watch = watchContract(github)
  const { world } = github
  world.addUser({ login: 'maintainer' })
  world.addOrganization({ login: 'acme', members: { maintainer: 'admin' } })
  for (const [name, content] of Object.entries({ app: { 'README.md': 'Begin\n', ...files }, ...others })) {
    await world.addRepository({ owner: 'acme', name })
    await world.commit({ repository: `acme/${name}`, files: content })
  }
  for (const [name, value] of Object.entries(secrets)) world.setSecret({ repository: 'acme/app', name, value })
  const progress: Progress[] = []
  const runner = await attachRunner(github, { ...options, onProgress: (each) => progress.push(each) })
  const token = world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo', 'workflow'] })
  const send: RunnerLab['send'] = async (path, method, body, as = token) => {
    const response = await fetch(`${github.apiUrl}${path}`, {
      method,
      headers: { authorization: `bearer ${as}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const runs: RunnerLab['runs'] = (workflow) =>
    [...world.state.runs.values()].filter((run) => workflow === undefined || run.workflowPath.endsWith(`/${workflow}`))
  const jobs: RunnerLab['jobs'] = (workflow) => {
    const ids = new Set(runs(workflow).map(({ id }) => id))
    return [...world.state.jobs.values()].filter((job) => ids.has(job.runId)).map(toSeen)
  }
  const refusals = (): string => progress.flatMap((each) => (each.kind === 'run-refused' ? each.reasons : [])).join('\n')
  return {
    github,
    runner,
    progress,
    token,
    send,
    runs,
    jobs,
    async push(workflows, { branch = 'main', message = 'Change it', wait = true } = {}) {
      const paths = Object.fromEntries(
        Object.entries(workflows).map(([name, text]) => [name.includes('/') ? name : `.github/workflows/${name}`, text]),
      )
      await pushFiles(github, token, { files: paths, branch, message })
      if (wait) await runner.idle()
    },
    conclusions: (workflow) => runs(workflow).map((run) => run.attempts.at(-1)?.conclusion),
    job(name) {
      const found = jobs().filter((job) => job.name === name)
      if (found.length !== 1 || found[0] === undefined) {
        throw new Error(
          `${found.length} jobs are called ${name}, of ${jobs()
            .map((job) => job.name)
            .join(', ')}; ${refusals()}`,
        )
      }
      return found[0]
    },
    async close() {
      await world.events.settled()
      watch.check()
      await runner.close()
      await github.close()
    },
  }
}

function toSeen(job: WorkflowJob): JobSeen {
  let inHeading = false
  const said = job.log.filter((line) => {
    if (line.startsWith('##[group]Run ') || line.startsWith('##[group]GITHUB_TOKEN')) inHeading = true
    const isHeading = inHeading || line.startsWith('##[') || line === 'Post job cleanup.'
    if (line === '##[endgroup]') inHeading = false
    return !isHeading
  })
  const steps = job.steps.map((step) => `${step.name}: ${step.conclusion ?? step.status}`)
  return { name: job.name, conclusion: job.conclusion, steps, log: job.log.join('\n'), said }
}

interface Pushed {
  readonly files: Readonly<Record<string, string>>
  readonly branch: string
  readonly message: string
}

/** One commit through the API by a person: GitHub sends a push event for it. */
async function pushFiles({ apiUrl }: LocalGitHub, token: string, { files, branch, message }: Pushed): Promise<void> {
  const call = async (path: string, method = 'GET', body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${apiUrl}/repos/acme/app/git/${path}`, {
      method,
      headers: { authorization: `bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (typeof answer !== 'object' || answer === null) throw new Error('an object is answered')
    return { ...answer, status: response.status }
  }
  const shaOf = (answer: Record<string, unknown>): string => {
    const { object, sha } = answer
    return typeof object === 'object' && object !== null && 'sha' in object ? String(object.sha) : String(sha)
  }
  const own = await call(`ref/heads/${branch}`)
  const parent = shaOf(own.status === 200 ? own : await call('ref/heads/main'))
  const tree = await call('trees', 'POST', {
    base_tree: parent,
    tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
  })
  const commit = await call('commits', 'POST', { message, tree: shaOf(tree), parents: [parent] })
  if (own.status === 200) await call(`refs/heads/${branch}`, 'PATCH', { sha: shaOf(commit) })
  else await call('refs', 'POST', { ref: `refs/heads/${branch}`, sha: shaOf(commit) })
}
