import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalGitHub, type LocalGitHubOptions, seedRepositories, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import { attachRunner, type Runner, type RunnerOptions } from '@switchyard/workflow-runner'
import { seedOwnActions } from '../run/seed-own-actions.ts'

/** Who owns the repositories of an example, and who pushes to them. */
const OWNER = 'acme'
const MAINTAINER = 'maintainer'

const root = join(import.meta.dirname, '../../../..')

export interface LiveStage {
  readonly github: LocalGitHub
  readonly runner: Runner
  /** A person's token, to push and to comment with. */
  readonly token: string
  /** A commit on the default branch by a person, through the API: GitHub sends a push event for it. */
  push(repository: string, files: Readonly<Record<string, string>>, message: string): Promise<void>
  /** Runs of a repository, by its name without owner, in the order in which they were started. */
  runsOf(name: string): readonly WorkflowRun[]
  close(): Promise<void>
}

/**
 * The repositories of an example as they would stand on GitHub, workflows and all: the toolkit's actions published under
 * their own name with their tag, an App installed on every repository, its id and key where the workflows look for them.
 */
export async function createLiveStage(example: string, options: { readonly github?: LocalGitHubOptions; readonly runner?: RunnerOptions } = {}): Promise<LiveStage> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options.github })
  const { world } = github
  const folder = join(root, 'examples', example)
  world.addUser({ login: MAINTAINER })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' } })
  await seedOwnActions(world, { folders: (await readdir(folder)).map((name) => join(folder, name)), owner: OWNER })
  await seedRepositories(github, folder, { owner: OWNER, pusher: MAINTAINER })
  const token = world.createToken({ kind: 'classic', user: MAINTAINER, scopes: ['repo', 'workflow'] })
  const runner = await attachRunner(github, options.runner)
  return {
    github, runner, token,
    push: (repository, files, message) => pushThroughApi(github, token, { repository, files, message }),
    runsOf(name) {
      const { id } = world.repository(`${OWNER}/${name}`)
      return [...world.state.runs.values()].filter((run) => run.repositoryId === id)
    },
    async close() {
      await runner.close()
      await github.close()
    },
  }
}

interface Push {
  readonly repository: string
  readonly files: Readonly<Record<string, string>>
  readonly message: string
}

const COMMIT = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`

async function pushThroughApi({ graphqlUrl, world }: LocalGitHub, token: string, { repository, files, message }: Push): Promise<void> {
  const branch = world.repository(repository).defaultBranch
  const additions = Object.entries(files).map(([path, text]) => ({ path, contents: Buffer.from(text).toString('base64') }))
  const expectedHeadOid = await world.git(repository).readRef(`refs/heads/${branch}`)
  const input = { branch: { repositoryNameWithOwner: repository, branchName: branch }, message: { headline: message }, expectedHeadOid, fileChanges: { additions } }
  const response = await fetch(graphqlUrl, { method: 'POST', headers: { authorization: `bearer ${token}` }, body: JSON.stringify({ query: COMMIT, variables: { input } }) })
  const text = await response.text()
  if (!response.ok || text.includes('"errors"')) throw new Error(`the push was refused: ${text}`)
}
