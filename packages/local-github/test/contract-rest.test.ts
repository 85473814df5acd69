import { addJob, beginJob, beginStep, completeJob, completeStep } from '../src/runner.ts'
import { createSign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractWatch, watchContract } from '../contract/index.ts'
import { routes } from '../src/rest/routes.ts'
import { openLab, type Lab } from './graphql-lab.ts'

/** One request for each endpoint: `{name}` stands for what an earlier row kept under that name. */
interface Row {
  readonly route: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly query?: string
  readonly params?: Readonly<Record<string, string>>
  readonly status: number
  /** Whose credential asks; the job's by default. */
  readonly as?: 'app' | 'installation' | 'person' | 'owner'
  /** What the world does first. */
  readonly prepare?: () => Promise<void>
  /** Keeps a value of the answer for later rows. */
  readonly keep?: Readonly<Record<string, string>>
}

const repo = '/repos/{owner}/{repo}'
const issue = `${repo}/issues/{issue_number}`
const comment = `${repo}/issues/comments/{comment_id}`
const workflow = `${repo}/actions/workflows/{workflow_id}`

const environment = `${repo}/environments/{environment_name}`
const protection = `${repo}/branches/{branch}/protection`
const noProtection = { required_status_checks: null, enforce_admins: null, required_pull_request_reviews: null, restrictions: null }

const TOKENS = 'POST /app/installations/{installation_id}/access_tokens'

const CD = `on: { workflow_dispatch: { inputs: { colour: { type: choice, options: [red, blue], required: true } } } }
run-name: Paint it \${{ inputs.colour }}
jobs: {}
`

async function addWorkflow(): Promise<void> {
  await lab.world.commit({ repository: 'acme/app', files: { '.github/workflows/cd.yml': CD } })
  const run = await lab.world.startRun({ repository: 'acme/app', workflow: 'cd.yml', event: 'push' })
  const job = addJob(lab.world, run, { name: 'paint', labels: ['ubuntu-latest'] })
  kept.job_id = String(job.id)
  beginJob(lab.world, job)
  completeStep(lab.world, beginStep(lab.world, job, 'Set up job'), 'failure')
  completeJob(lab.world, job, { conclusion: 'failure', summary: '', annotations: [] })
  await lab.world.completeRun(run.id, 'failure')
  kept.done_id = String(run.id)
}

function upgrade(): Promise<void> {
  lab.world.account('acme').plan = 'team'
  lab.world.addOrganizationRuleset('acme', {
    name: 'all',
    include: ['refs/heads/ruled'],
    rules: ['creation', 'update', 'deletion', 'non_fast_forward', 'pull_request', 'required_signatures'],
    bypass: [{ kind: 'user', id: lab.world.account('maintainer').id }],
  })
  return Promise.resolve()
}

function addCrew(): Promise<void> {
  lab.world.addTeam({ organization: 'acme', name: 'Crew', members: ['maintainer'] })
  return Promise.resolve()
}

const rows: readonly Row[] = [
  { route: 'GET /rate_limit', status: 200 },
  { route: `GET ${repo}`, status: 200 },
  { route: `GET ${repo}`, params: { repo: 'none' }, status: 404 },
  {
    route: `PUT ${repo}/contents/{path}`,
    params: { path: 'a/b.txt' },
    body: { message: 'm', content: 'aGk=' },
    status: 201,
    keep: { file_sha: 'content.sha' },
  },
  { route: `GET ${repo}/contents/{path}`, params: { path: 'a/b.txt' }, status: 200 },
  { route: `GET ${repo}/contents/{path}`, params: { path: 'a' }, status: 200 },
  { route: `GET ${repo}/contents/{path}`, params: { path: 'none' }, status: 404 },
  { route: `GET ${repo}/contents`, status: 200 },
  { route: `GET ${repo}/branches`, status: 200, keep: { commit_sha: '0.commit.sha' } },
  { route: `GET ${repo}/branches/{branch}`, params: { branch: 'main' }, status: 200 },
  { route: `GET ${repo}/commits`, query: 'per_page=1', status: 200 },
  { route: `GET ${repo}/commits/{ref}`, params: { ref: 'main' }, status: 200 },
  { route: `GET ${repo}/git/blobs/{file_sha}`, status: 200 },
  { route: `POST ${repo}/git/blobs`, body: { content: 'x', encoding: 'utf-8' }, status: 201 },
  {
    route: `POST ${repo}/git/trees`,
    body: { tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'y' }] },
    status: 201,
    keep: { tree_sha: 'sha' },
  },
  { route: `GET ${repo}/git/trees/{tree_sha}`, status: 200 },
  { route: `POST ${repo}/git/commits`, body: { message: 'root', tree: '{tree_sha}', parents: [] }, status: 201, keep: { root_sha: 'sha' } },
  { route: `GET ${repo}/git/commits/{commit_sha}`, status: 200 },
  { route: `POST ${repo}/git/refs`, body: { ref: 'refs/heads/new', sha: '{root_sha}' }, status: 201 },
  { route: `POST ${repo}/git/refs`, body: { ref: 'refs/heads/new', sha: '{root_sha}' }, status: 422 },
  { route: `GET ${repo}/git/ref/{ref}`, params: { ref: 'heads/new' }, status: 200 },
  { route: `GET ${repo}/git/matching-refs/{ref}`, params: { ref: 'heads/n' }, status: 200 },
  { route: `PATCH ${repo}/git/refs/{ref}`, params: { ref: 'heads/new' }, body: { sha: '{commit_sha}' }, status: 422 },
  { route: `PATCH ${repo}/git/refs/{ref}`, params: { ref: 'heads/new' }, body: { sha: '{commit_sha}', force: true }, status: 200 },
  { route: `DELETE ${repo}/git/refs/{ref}`, params: { ref: 'heads/new' }, status: 204 },
  { route: `DELETE ${repo}/contents/{path}`, params: { path: 'a/b.txt' }, body: { message: 'm', sha: '{file_sha}' }, status: 200 },

  { route: `POST ${repo}/labels`, body: { name: 'dispatch', color: 'ededed' }, status: 201 },
  { route: `GET ${repo}/labels`, status: 200 },
  { route: `GET ${repo}/labels/{name}`, params: { name: 'dispatch' }, status: 200 },
  { route: `PATCH ${repo}/labels/{name}`, params: { name: 'dispatch' }, body: { color: '000000' }, status: 200 },
  { route: `POST ${repo}/milestones`, body: { title: 'One' }, status: 201 },
  { route: `GET ${repo}/milestones`, status: 200 },
  { route: `GET ${repo}/milestones/{milestone_number}`, params: { milestone_number: '1' }, status: 200 },
  { route: `PATCH ${repo}/milestones/{milestone_number}`, params: { milestone_number: '1' }, body: { state: 'closed' }, status: 200 },
  { route: `POST ${repo}/issues`, body: { title: 'One', body: 'b', labels: ['dispatch'] }, status: 201, keep: { issue_number: 'number' } },
  { route: `POST ${repo}/issues`, body: { title: 'Two' }, status: 201, keep: { second_id: 'id' } },
  { route: `GET ${repo}/issues`, query: 'state=all&labels=dispatch', status: 200 },
  { route: `GET ${issue}`, status: 200 },
  { route: `PATCH ${issue}`, body: { state: 'closed', state_reason: 'not_planned' }, status: 200 },
  { route: `POST ${issue}/comments`, body: { body: 'hello' }, status: 201, keep: { comment_id: 'id' } },
  { route: `GET ${issue}/comments`, status: 200 },
  { route: `GET ${repo}/issues/comments`, status: 200 },
  { route: `GET ${comment}`, status: 200 },
  { route: `PATCH ${comment}`, body: { body: 'hi' }, status: 200 },
  { route: `POST ${comment}/reactions`, body: { content: 'eyes' }, status: 201, keep: { reaction_id: 'id' } },
  { route: `GET ${comment}/reactions`, status: 200 },
  { route: `DELETE ${comment}/reactions/{reaction_id}`, status: 204 },
  { route: `DELETE ${comment}`, status: 204 },
  { route: `POST ${issue}/reactions`, body: { content: 'rocket' }, status: 201, keep: { reaction_id: 'id' } },
  { route: `GET ${issue}/reactions`, status: 200 },
  { route: `DELETE ${issue}/reactions/{reaction_id}`, status: 204 },
  { route: `GET ${issue}/labels`, status: 200 },
  { route: `POST ${issue}/labels`, body: { labels: ['bug'] }, status: 200 },
  { route: `PUT ${issue}/labels`, body: { labels: ['bug', 'dispatch'] }, status: 200 },
  { route: `DELETE ${issue}/labels/{name}`, params: { name: 'bug' }, status: 200 },
  { route: `DELETE ${issue}/labels`, status: 204 },
  { route: `PUT ${issue}/lock`, status: 204 },
  { route: `DELETE ${issue}/lock`, status: 204 },
  { route: `POST ${issue}/sub_issues`, body: { sub_issue_id: '#second_id' }, status: 201 },
  { route: `GET ${issue}/sub_issues`, status: 200 },
  { route: `PATCH ${issue}/sub_issues/priority`, body: { sub_issue_id: '#second_id' }, status: 422 },
  { route: `GET ${issue}/parent`, params: { issue_number: '2' }, status: 200 },
  { route: `DELETE ${issue}/sub_issue`, body: { sub_issue_id: '#second_id' }, status: 200 },
  { route: `POST ${issue}/dependencies/blocked_by`, body: { issue_id: '#second_id' }, status: 201 },
  { route: `GET ${issue}/dependencies/blocked_by`, status: 200 },
  { route: `GET ${issue}/dependencies/blocking`, status: 200 },
  { route: `DELETE ${issue}/dependencies/blocked_by/{issue_id}`, params: { issue_id: '{second_id}' }, status: 200 },
  { route: `DELETE ${repo}/labels/{name}`, params: { name: 'dispatch' }, status: 204 },

  {
    route: `POST ${repo}/check-runs`,
    body: { name: 'dispatch', head_sha: '{commit_sha}', status: 'in_progress' },
    status: 201,
    keep: { check_run_id: 'id' },
  },
  { route: `PATCH ${repo}/check-runs/{check_run_id}`, body: { conclusion: 'success', output: { title: 't', summary: 's' } }, status: 200 },
  { route: `GET ${repo}/check-runs/{check_run_id}`, status: 200, keep: { check_suite_id: 'check_suite.id' } },
  { route: `GET ${repo}/check-runs/{check_run_id}/annotations`, status: 200 },
  { route: `GET ${repo}/check-suites/{check_suite_id}`, status: 200 },
  { route: `GET ${repo}/check-suites/{check_suite_id}/check-runs`, status: 200 },
  { route: `GET ${repo}/commits/{ref}/check-runs`, params: { ref: '{commit_sha}' }, status: 200 },
  { route: `GET ${repo}/commits/{ref}/check-suites`, params: { ref: '{commit_sha}' }, status: 200 },
  { route: `GET ${repo}/actions/workflows`, prepare: addWorkflow, status: 200, keep: { workflow_id: 'workflows.0.id' } },
  { route: `GET ${repo}/actions/workflows/{workflow_id}`, params: { workflow_id: 'cd.yml' }, status: 200 },
  { route: `POST ${workflow}/dispatches`, body: { ref: 'main', inputs: { colour: 'red' } }, status: 204 },
  {
    route: `POST ${workflow}/dispatches`,
    body: { ref: 'main', inputs: { colour: 'blue' }, return_run_details: true },
    status: 200,
    keep: { run_id: 'workflow_run_id' },
  },
  { route: `POST ${workflow}/dispatches`, body: { ref: 'gone' }, status: 422 },
  { route: `PUT ${workflow}/disable`, status: 204 },
  { route: `PUT ${workflow}/enable`, status: 204 },
  { route: `GET ${workflow}/runs`, query: 'event=workflow_dispatch&created=>=2020-01-01T00:00:00Z', status: 200 },
  { route: `GET ${repo}/actions/runs`, query: 'branch=main', status: 200 },
  { route: `GET ${repo}/actions/runs/{run_id}`, status: 200 },
  { route: `GET ${repo}/actions/runs/{run_id}/attempts/{attempt_number}`, params: { attempt_number: '1' }, status: 200 },
  { route: `GET ${repo}/actions/runs/{run_id}/jobs`, params: { run_id: '{done_id}' }, status: 200 },
  {
    route: `GET ${repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs`,
    params: { run_id: '{done_id}', attempt_number: '1' },
    status: 200,
  },
  {
    route: `PUT ${repo}/contents/{path}`,
    params: { path: 'on-main' },
    body: { message: 'm', content: 'aGk=' },
    status: 201,
    keep: { tip_sha: 'commit.sha' },
  },
  { route: `POST ${repo}/git/refs`, body: { ref: 'refs/heads/topic', sha: '{tip_sha}' }, status: 201 },
  {
    route: `PUT ${repo}/contents/{path}`,
    params: { path: 'topic' },
    body: { message: 'm', content: 'aGk=', branch: 'topic' },
    status: 201,
  },
  { route: `POST ${repo}/pulls`, body: { title: 'Topic', head: 'topic', base: 'main' }, status: 201, keep: { pull_number: 'number' } },
  { route: `POST ${repo}/pulls`, body: { title: 'Topic', head: 'topic', base: 'main' }, status: 422 },
  { route: `GET ${repo}/pulls`, status: 200 },
  { route: `GET ${repo}/pulls/{pull_number}`, status: 200 },
  { route: `PATCH ${repo}/pulls/{pull_number}`, body: { body: 'More' }, status: 200 },
  { route: `GET ${repo}/pulls/{pull_number}/commits`, status: 200 },
  { route: `GET ${repo}/pulls/{pull_number}/files`, status: 200 },
  { route: `GET ${repo}/compare/{basehead}`, params: { basehead: 'main...topic' }, status: 200 },
  { route: `GET ${repo}/compare/{basehead}`, params: { basehead: 'main...none' }, status: 404 },
  { route: `GET ${repo}/pulls/{pull_number}/merge`, status: 404 },
  { route: `PUT ${repo}/pulls/{pull_number}/merge`, body: {}, status: 200 },
  { route: `POST ${repo}/releases`, body: { tag_name: 'v1.0.0', draft: true, name: 'One' }, status: 201, keep: { release_id: 'id' } },
  { route: `GET ${repo}/releases/latest`, status: 404 },
  { route: `GET ${repo}/releases/{release_id}`, status: 200 },
  { route: `PATCH ${repo}/releases/{release_id}`, body: { draft: false, body: 'Notes' }, status: 200 },
  { route: `GET ${repo}/releases`, status: 200 },
  { route: `GET ${repo}/releases/latest`, status: 200 },
  { route: `GET ${repo}/releases/tags/{tag}`, params: { tag: 'v1.0.0' }, status: 200 },
  { route: `POST ${repo}/releases`, body: { tag_name: 'v1.0.0' }, status: 422 },
  { route: `DELETE ${repo}/releases/{release_id}`, status: 204 },
  { route: `GET ${repo}/actions/jobs/{job_id}`, status: 200 },
  { route: `GET ${repo}/actions/jobs/{job_id}/logs`, status: 200 },
  { route: `POST ${repo}/actions/runs/{run_id}/cancel`, params: { run_id: '{done_id}' }, status: 409 },
  { route: `POST ${repo}/actions/runs/{run_id}/force-cancel`, params: { run_id: '{done_id}' }, status: 409 },
  { route: `POST ${repo}/actions/runs/{run_id}/rerun`, params: { run_id: '{done_id}' }, status: 201 },
  { route: `POST ${repo}/actions/runs/{run_id}/cancel`, params: { run_id: '{done_id}' }, status: 202 },
  { route: `POST ${repo}/dispatches`, body: { event_type: 'deploy', client_payload: { to: 'prod' } }, status: 204 },
  { route: `GET ${repo}/collaborators/{username}/permission`, params: { username: 'maintainer' }, status: 200 },
  { route: 'GET /user', as: 'person', status: 200 },
  { route: 'GET /user/orgs', as: 'owner', status: 200 },
  { route: 'GET /user/orgs', as: 'person', status: 403 },
  { route: 'GET /user/memberships/orgs', as: 'owner', status: 200 },
  { route: 'GET /user/memberships/orgs/{org}', as: 'owner', params: { org: 'acme' }, status: 200 },
  { route: 'GET /user/memberships/orgs/{org}', as: 'owner', params: { org: 'github' }, status: 404 },
  { route: 'GET /app', as: 'app', status: 200 },
  { route: `GET ${repo}/installation`, as: 'app', status: 200, keep: { installation_id: 'id' } },
  { route: 'GET /app/installations/{installation_id}', as: 'app', status: 200 },
  { route: 'GET /orgs/{org}/installation', as: 'app', params: { org: 'acme' }, status: 200 },
  { route: 'GET /users/{username}/installation', as: 'app', params: { username: 'acme' }, status: 200 },
  { route: 'GET /users/{username}/installation', as: 'app', params: { username: 'maintainer' }, status: 404 },
  { route: TOKENS, as: 'app', body: { repositories: ['none'] }, status: 422 },
  { route: TOKENS, as: 'app', body: { permissions: { administration: 'write' } }, status: 422 },
  {
    route: TOKENS,
    as: 'app',
    body: { repositories: ['app'], permissions: { contents: 'read' } },
    status: 201,
    keep: { installation_token: 'token' },
  },
  { route: TOKENS, status: 401 },
  { route: 'GET /installation/repositories', as: 'installation', status: 200 },
  { route: 'DELETE /installation/token', as: 'installation', status: 204 },
  { route: 'GET /users/{username}', params: { username: 'maintainer' }, status: 200 },
  { route: 'GET /orgs/{org}', params: { org: 'acme' }, status: 200 },
  {
    route: 'POST /orgs/{org}/repos',
    as: 'person',
    params: { org: 'acme' },
    body: { name: 'made', private: true, auto_init: true },
    status: 201,
  },
  { route: 'POST /orgs/{org}/repos', as: 'person', params: { org: 'acme' }, body: { name: 'made' }, status: 422 },
  { route: 'GET /orgs/{org}/repos', as: 'person', params: { org: 'acme' }, status: 200 },
  { route: 'POST /user/repos', as: 'person', body: { name: 'mine' }, status: 201 },
  {
    route: `PATCH ${repo}`,
    as: 'person',
    status: 200,
    body: {
      description: 'An app',
      homepage: 'https://acme.example',
      has_wiki: false,
      allow_squash_merge: false,
      delete_branch_on_merge: true,
      private: true,
    },
  },
  { route: `PATCH ${repo}`, as: 'person', body: { default_branch: 'none' }, status: 422 },
  { route: `PATCH ${repo}`, body: { description: 'mine' }, status: 403 },
  { route: `PUT ${repo}/topics`, as: 'person', body: { names: ['Actions', 'template'] }, status: 200 },
  { route: `PUT ${repo}/topics`, as: 'person', body: { names: ['no spaces'] }, status: 422 },
  { route: `GET ${repo}/topics`, status: 200 },
  { route: `DELETE ${repo}`, as: 'person', params: { repo: 'made' }, status: 403 },
  { route: `DELETE ${repo}`, as: 'owner', params: { repo: 'made' }, status: 204 },
  { route: `DELETE ${repo}`, as: 'owner', params: { repo: 'made' }, status: 404 },
  { route: 'GET /orgs/{org}', as: 'owner', params: { org: 'acme' }, status: 200 },
  { route: 'GET /orgs/{org}/teams/{team_slug}', as: 'owner', params: { org: 'acme', team_slug: 'crew' }, status: 200, prepare: addCrew },
  { route: 'GET /orgs/{org}/teams/{team_slug}', as: 'owner', params: { org: 'acme', team_slug: 'none' }, status: 404 },
  { route: `PUT ${environment}`, as: 'person', params: { environment_name: 'production' }, body: { wait_timer: 30 }, status: 422 },
  { route: `PUT ${protection}`, as: 'person', params: { branch: 'main' }, body: noProtection, status: 403 },
  { route: `PUT ${protection}`, as: 'person', params: { branch: 'main' }, body: noProtection, status: 200, prepare: upgrade },
  {
    route: `PUT ${protection}`,
    as: 'person',
    params: { branch: 'main' },
    status: 200,
    body: {
      ...noProtection,
      required_status_checks: { strict: true, contexts: ['ci'] },
      required_pull_request_reviews: { required_approving_review_count: 0 },
      restrictions: { users: ['maintainer'], teams: [], apps: ['switchyard'] },
    },
  },
  { route: `GET ${protection}`, as: 'person', params: { branch: 'main' }, status: 200 },
  { route: `GET ${protection}`, as: 'person', params: { branch: 'none' }, status: 404 },
  { route: `DELETE ${protection}`, as: 'person', params: { branch: 'main' }, status: 204 },
  { route: `GET ${protection}`, as: 'person', params: { branch: 'main' }, status: 404 },
  { route: `GET ${repo}/rules/branches/{branch}`, params: { branch: 'ruled' }, status: 200, keep: { ruleset_id: '0.ruleset_id' } },
  { route: 'GET /orgs/{org}/rulesets', as: 'owner', params: { org: 'acme' }, status: 200 },
  { route: 'GET /orgs/{org}/rulesets', as: 'person', params: { org: 'acme' }, status: 404 },
  { route: 'GET /orgs/{org}/rulesets/{ruleset_id}', as: 'owner', params: { org: 'acme' }, status: 200 },
  {
    route: `PUT ${environment}`,
    as: 'person',
    params: { environment_name: 'production' },
    status: 200,
    body: { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
  },
  { route: `GET ${environment}`, params: { environment_name: 'production' }, status: 200 },
  { route: `GET ${repo}/environments`, status: 200 },
  {
    route: `POST ${environment}/deployment-branch-policies`,
    as: 'person',
    params: { environment_name: 'production' },
    body: { name: 'v*', type: 'tag' },
    status: 200,
  },
  {
    route: `POST ${environment}/deployment-branch-policies`,
    as: 'person',
    params: { environment_name: 'production' },
    body: { name: 'v*', type: 'tag' },
    status: 303,
  },
  { route: `GET ${environment}/deployment-branch-policies`, params: { environment_name: 'production' }, status: 200 },
  { route: `DELETE ${environment}`, as: 'person', params: { environment_name: 'production' }, status: 204 },
]

const served = new Set(routes.map(({ method, path }) => `${method} ${path}`))
const kept: Record<string, string> = { owner: 'acme', repo: 'app' }
const reached = new Set<string>()
let lab: Lab
let contract: ContractWatch
let credentials: Readonly<Record<NonNullable<Row['as']>, () => string>>

beforeAll(async () => {
  lab = await openLab()
  contract = watchContract(lab.github)
  const { app, privateKey = '' } = lab.world.addApp({
    slug: 'switchyard',
    owner: 'acme',
    permissions: { contents: 'write', actions: 'write' },
  })
  lab.world.install({ app: 'switchyard', account: 'acme', repositories: 'all' })
  const person = lab.world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo'] })
  const owner = lab.world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo', 'admin:org', 'delete_repo'] })
  credentials = {
    app: () => signJwt(app.id, privateKey, lab.github.clock.now()),
    installation: () => kept['installation_token'] ?? '',
    person: () => person,
    owner: () => owner,
  }
})

function signJwt(appId: number, privateKey: string, now: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(now / 1_000)
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: String(appId), iat: at - 10, exp: at + 300 })}`
  return `${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`
}
afterAll(() => lab.github.close())

const fill = (text: string, params: Row['params'] = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (params[name] === undefined ? (kept[name] ?? name) : fill(params[name])))

/** `#name` is a kept number, `{name}` a kept text. */
const fillBody = (body: Row['body']): string | null => (body === undefined ? null : fill(JSON.stringify(body).replace(/"#(\w+)"/g, '{$1}')))

function read(value: unknown, path: string): string {
  let at = value
  for (const key of path.split('.')) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return String(at)
}

/** Endpoints that are not served yet are left out; the last test sees to it that each one served has a row. */
test.each(rows.filter(({ route }) => served.has(route)))(
  '$route → $status is as GitHub publishes it',
  async ({ route, as, prepare, body, query, params, status, keep }) => {
    await prepare?.()
    const [method = '', path = ''] = route.split(' ')
    reached.add(route)
    const url = `${lab.github.apiUrl}${fill(path, params)}${query === undefined ? '' : `?${query}`}`
    const response = await fetch(url, {
      method,
      body: fillBody(body),
      headers: { authorization: `bearer ${as === undefined ? lab.token : credentials[as]()}` },
    })
    const text = await response.text()
    expect([response.status, response.status === status ? '' : text]).toEqual([status, ''])
    for (const [name, at] of Object.entries(keep ?? {})) kept[name] = read(JSON.parse(text), at)
    await lab.world.events.settled()
    contract.check()
  },
)

test('every endpoint that is served has a row', () => {
  expect([...served].filter((route) => !reached.has(route))).toEqual([])
})
