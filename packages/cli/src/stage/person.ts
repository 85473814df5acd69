import type { LocalGitHub } from '@switchyard/local-github'
import { z } from 'zod'

export interface Push {
  /** Full name. */
  readonly repository: string
  /** The default branch unless named; made from that if it is not there. */
  readonly branch?: string
  /** Text by path; null deletes. */
  readonly files: Readonly<Record<string, string | Buffer | null>>
  readonly message: string
}

export interface NewIssue {
  readonly title: string
  readonly body: string
  readonly labels?: readonly string[]
}

/** Somebody with an account, and what they do on GitHub's pages: events and permissions are those of a person. */
export interface Person {
  readonly login: string
  readonly token: string
  /** Asks the REST API. @throws {Error} with GitHub's own words when it refuses. */
  request(method: string, path: string, body?: unknown): Promise<unknown>
  /** One commit through the API. GitHub sends a push event for it. */
  push(push: Push): Promise<void>
  /** Returns the issue's number. */
  openIssue(repository: string, issue: NewIssue): Promise<number>
  comment(repository: string, issue: number, body: string): Promise<void>
  /** Puts a tag where the default branch is. */
  tag(repository: string, name: string): Promise<void>
  /** A pull request to the default branch. Returns its number. */
  openPullRequest(repository: string, request: { readonly title: string; readonly head: string; readonly body?: string }): Promise<number>
  merge(repository: string, number: number): Promise<void>
  /** Starts a workflow of the default branch by its file's name. */
  dispatch(repository: string, workflow: string, inputs?: Readonly<Record<string, string>>): Promise<void>
}

const numbered = z.object({ number: z.number() })
const refusal = z.object({ errors: z.array(z.unknown()) })
const COMMIT = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`

/** The account must be there. */
export function createPerson(github: LocalGitHub, login: string): Person {
  const { world } = github
  const token = world.createToken({ kind: 'classic', user: login, scopes: ['repo', 'workflow'] })
  const ask = async (method: string, url: string, body?: unknown): Promise<unknown> => {
    const sent = body === undefined ? null : JSON.stringify(body)
    const response = await fetch(url, { method, headers: { authorization: `bearer ${token}` }, body: sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const request: Person['request'] = (method, path, body) => ask(method, `${github.apiUrl}${path}`, body)
  const headOf = async (repository: string, branch = world.repository(repository).defaultBranch): Promise<string | undefined> =>
    world.git(repository).readRef(`refs/heads/${branch}`)
  return {
    login,
    token,
    request,
    async push({ repository, branch, files, message }) {
      const branchName = branch ?? world.repository(repository).defaultBranch
      const head = await headOf(repository, branchName)
      const expectedHeadOid = head ?? (await headOf(repository))
      if (head === undefined) {
        await request('POST', `/repos/${repository}/git/refs`, { ref: `refs/heads/${branchName}`, sha: expectedHeadOid })
      }
      const target = { repositoryNameWithOwner: repository, branchName }
      const input = { branch: target, message: { headline: message }, expectedHeadOid, fileChanges: toFileChanges(files) }
      const answer = await ask('POST', github.graphqlUrl, { query: COMMIT, variables: { input } })
      if (refusal.safeParse(answer).success) throw new Error(`the push was refused: ${JSON.stringify(answer)}`)
    },
    openIssue: async (repository, issue) => numbered.parse(await request('POST', `/repos/${repository}/issues`, issue)).number,
    async comment(repository, issue, body) {
      await request('POST', `/repos/${repository}/issues/${issue}/comments`, { body })
    },
    async tag(repository, name) {
      await request('POST', `/repos/${repository}/git/refs`, { ref: `refs/tags/${name}`, sha: await headOf(repository) })
    },
    async openPullRequest(repository, { title, head, body = '' }) {
      const base = world.repository(repository).defaultBranch
      return numbered.parse(await request('POST', `/repos/${repository}/pulls`, { title, head, base, body })).number
    },
    async merge(repository, number) {
      await request('PUT', `/repos/${repository}/pulls/${number}/merge`, {})
    },
    async dispatch(repository, workflow, inputs = {}) {
      const ref = world.repository(repository).defaultBranch
      await request('POST', `/repos/${repository}/actions/workflows/${workflow}/dispatches`, { ref, inputs })
    },
  }
}

function toFileChanges(files: Push['files']): object {
  const additions: { path: string; contents: string }[] = []
  const deletions: { path: string }[] = []
  for (const [path, content] of Object.entries(files)) {
    if (content === null) deletions.push({ path })
    else additions.push({ path, contents: Buffer.from(content).toString('base64') })
  }
  return { additions, deletions }
}
