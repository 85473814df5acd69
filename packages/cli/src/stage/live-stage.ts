import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type LocalGitHub, type LocalGitHubOptions, pushFolder, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import { attachRunner, type Runner, type RunnerOptions } from '@switchyard/workflow-runner'
import { seedOwnActions } from '../run/seed-own-actions.ts'
import { createPerson, type Person } from './person.ts'

/** Who owns the repositories of an example, and who pushes to them. */
const OWNER = 'acme'
const MAINTAINER = 'maintainer'

const execute = promisify(execFile)
const examples = join(import.meta.dirname, '../../../../examples')

export interface LiveStageOptions {
  readonly github?: LocalGitHubOptions
  readonly runner?: RunnerOptions
  /** The example's folders that are repositories; all of them unless given. */
  readonly repositories?: readonly string[]
  /** What the organisation pays GitHub for; nothing by default. */
  readonly plan?: 'free' | 'team' | 'enterprise'
  /** Done when everything is pushed, before workflows run. */
  readonly prepare?: (stage: Pick<LiveStage, 'github' | 'maintainer'>) => Promise<void>
}

export interface LiveStage {
  readonly github: LocalGitHub
  readonly runner: Runner
  /** Owns the organisation. */
  readonly maintainer: Person
  /** The example's own folder. */
  readonly folder: string
  /** Runs of a repository, by its name without owner, in the order in which they were started. */
  runsOf(name: string): readonly WorkflowRun[]
  /** Texts of an issue's or pull request's comments, in their order. */
  commentsOf(repository: string, issue: number): readonly string[]
  /** What git says in a repository's folder, without the last line's end. */
  git(repository: string, ...args: readonly string[]): Promise<string>
  close(): Promise<void>
}

/**
 * The repositories of an example as they would stand on GitHub, workflows and all: the toolkit's actions published under
 * their own name with their tag, an App installed on every repository, its id and key where the workflows look for them.
 * An example is named by its folder's name; any other folder of repositories by its path.
 */
export async function createLiveStage(example: string, options: LiveStageOptions = {}): Promise<LiveStage> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options.github })
  const { world } = github
  const folder = resolve(examples, example)
  world.addUser({ login: MAINTAINER })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' }, plan: options.plan ?? 'free' })
  const names = options.repositories ?? (await readFolders(folder))
  await seedOwnActions(world, { folders: names.map((name) => join(folder, name)), owner: OWNER })
  for (const name of names) {
    await world.addRepository({ owner: OWNER, name })
    await pushFolder(github, join(folder, name), { repository: `${OWNER}/${name}`, pusher: MAINTAINER })
  }
  const maintainer = createPerson(github, MAINTAINER)
  await options.prepare?.({ github, maintainer })
  await world.events.settled()
  const runner = await attachRunner(github, options.runner)
  return {
    github,
    runner,
    maintainer,
    folder,
    runsOf(name) {
      const { id } = world.repository(`${OWNER}/${name}`)
      return [...world.state.runs.values()].filter((run) => run.repositoryId === id)
    },
    commentsOf(repository, number) {
      const { id } = world.repository(repository)
      const issue = [...world.state.issues.values()].find((each) => each.repositoryId === id && each.number === number)
      return [...world.state.comments.values()].filter(({ issueId }) => issueId === issue?.id).map(({ body }) => body)
    },
    async git(repository, ...args) {
      const { stdout } = await execute('git', args, { cwd: world.git(repository).directory, maxBuffer: 64 * 1_024 * 1_024 })
      return stdout.trimEnd()
    },
    async close() {
      await runner.close()
      await github.close()
    },
  }
}

async function readFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}
