import {
  CONTROL,
  createBootstrapStage,
  createPerson,
  fillBootstrapForm,
  type LiveStage,
  proposeVersion,
  releaseNextTemplate,
  TEMPLATE,
} from '@switchyard/cli/stage'
import type { Progress } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const SHELF = 'acme/team-shelf'
const CONFIG = 'src/lib/config.ts'
let stage: LiveStage
let progress: Progress[] = []

beforeAll(async () => {
  stage = await createBootstrapStage({ runner: { onProgress: (each) => progress.push(each) } })
  stage.github.world.addUser({ login: 'reader' })
  stage.github.world.addCollaborator(CONTROL, 'reader', 'read')
})
afterAll(() => stage.close())

/** What somebody does, and everything that it sets off. */
async function doing(act: () => Promise<unknown>): Promise<void> {
  progress = []
  await act()
  await stage.runner.idle()
}

const runs = (): readonly string[] =>
  progress
    .flatMap((each) =>
      each.kind === 'run-completed' ? [`${each.run.repository} ${each.run.path.split('/').at(-1)}: ${each.conclusion}`] : [],
    )
    .sort()
const summaryOf = (job: string): string =>
  progress.flatMap((each) => (each.kind === 'job-completed' && each.job.name === job ? [each.summary] : [])).join('\n')
const comments = (): readonly string[] => stage.commentsOf(CONTROL, 1)

test('a filled-in form is answered with a preview, and nothing is made', async () => {
  const issue = await fillBootstrapForm(stage, {
    'Repository name': 'team-shelf',
    Database: 'SQLite',
    'Add-ons': ['Material Design 3 theme', 'Protected main'],
  })
  await doing(() => stage.maintainer.openIssue(CONTROL, issue))
  expect(runs()).toEqual([`${CONTROL} bootstrap-request.yml: success`])
  expect(comments()).toHaveLength(1)
  expect(comments()[0]).toContain('### `acme/team-shelf` can be created')
  expect(comments()[0]).toContain('database: sqlite')
  expect(comments()[0]).toContain('<summary>101 files, and 1 that is not listed</summary>')
  expect(comments()[0]).toContain('add\\-ons: md3\\-theme, protected\\-main')
  expect(stage.github.world.findRepository(SHELF)).toBeUndefined()
})

test('somebody who may only read is told which role it takes, and nothing is made', async () => {
  await doing(() => createPerson(stage.github, 'reader').comment(CONTROL, 1, '/bootstrap run'))
  expect(comments().at(-1)).toMatch(/@reader .*write/)
  expect(stage.github.world.findRepository(SHELF)).toBeUndefined()
})

test('a comment that commands nothing costs no runner', async () => {
  await doing(() => stage.maintainer.comment(CONTROL, 1, 'Looks good to me.'))
  expect(progress.flatMap((each) => (each.kind === 'job-completed' ? [each.conclusion] : []))).toEqual(['skipped'])
})

test('run makes the repository: one commit that says what was chosen, whose own CI passes', async () => {
  await doing(() => stage.maintainer.comment(CONTROL, 1, '/bootstrap run'))
  expect(runs()).toEqual([`${CONTROL} bootstrap-command.yml: success`, `${SHELF} ci.yml: success`])
  expect(await stage.git(SHELF, 'rev-list', '--count', '--all')).toBe('1')
  expect((await stage.git(SHELF, 'ls-tree', '-r', '--name-only', 'main')).split('\n')).toHaveLength(102)
  const message = await stage.git(SHELF, 'log', '-1', '--format=%an%n%B', 'main')
  expect(message).toMatch(
    /^maintainer\nBootstrap from acme\/nextjs-template@v1\.0\.0\n\ndeploy: container\n.*database: sqlite\n.*add-ons: md3-theme, protected-main/s,
  )
  expect(await stage.git(SHELF, 'show', 'main:README.md')).toMatch(/^# team-shelf$/m)
  expect(await stage.git(SHELF, 'grep', '--count', '{{ repo', 'main').catch(() => 'none')).toBe('none')
})

test('its receipt names what it was made from', async () => {
  const receipt: unknown = JSON.parse(await stage.git(SHELF, 'show', 'main:.github/bootstrap.json'))
  expect(receipt).toMatchObject({
    repo_owner: 'acme',
    repo_slug: 'team-shelf',
    visibility: 'private',
    selected_options: { database: ['sqlite'], 'add-ons': ['md3-theme', 'protected-main'] },
    template_repo: TEMPLATE,
    template_version: 'v1.0.0',
    template_source_sha: await stage.git(TEMPLATE, 'rev-parse', 'v1.0.0'),
  })
  for (const hash of ['recipe_hash', 'catalog_version']) expect(receipt).toHaveProperty(hash, expect.stringMatching(/^[0-9a-f]{64}$/))
})

test('topics, labels, environment, description and protection are set', async () => {
  const { maintainer } = stage
  const { labels } = z
    .object({ labels: z.array(z.object({ name: z.string() })) })
    .parse({ labels: await maintainer.request('GET', `/repos/${SHELF}/labels?per_page=100`) })
  expect(labels.map(({ name }) => name)).toEqual(expect.arrayContaining(['needs-decision', 'runbook']))
  expect(await maintainer.request('GET', `/repos/${SHELF}`)).toMatchObject({
    private: true,
    topics: ['nextjs', 'typescript', 'web'],
    description: 'From acme/nextjs-template v1.0.0',
  })
  expect(await maintainer.request('GET', `/repos/${SHELF}/environments`)).toMatchObject({ environments: [{ name: 'production' }] })
  expect(await maintainer.request('GET', `/repos/${SHELF}/branches/main`)).toMatchObject({ protected: true })
})

test('one comment told of the run from its start to its end, and a check run says so, too', () => {
  const told = comments().filter((body) => body.includes('switchyard:bootstrap run='))
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(
    /✅ acme\/team\\-shelf is ready.*✅ \| Prepare the files.*✅ \| Create the repository.*✅ \| Push the first commit.*✅ \| Apply settings/s,
  )
  const edits = stage.github.log
    .entries()
    .filter(({ method, path }) => method === 'PATCH' && path.startsWith(`/repos/${CONTROL}/issues/comments/`))
  expect(edits.length).toBeGreaterThan(0)
  const checks = [...stage.github.world.state.checkRuns.values()].filter(({ name }) => name === `bootstrap/${SHELF}`)
  expect(checks).toMatchObject([{ conclusion: 'success' }])
})

test('the key of the App is nowhere in what was printed or said', () => {
  const key = stage.github.world.secretsOf(CONTROL).get('SWITCHYARD_PRIVATE_KEY') ?? ''
  const line = key.split('\n')[2] ?? 'missing'
  expect(line.length).toBeGreaterThan(40)
  expect(JSON.stringify([progress, comments()])).not.toContain(line)
})

test('run again, it makes nothing a second time', async () => {
  await doing(() => stage.maintainer.comment(CONTROL, 1, '/bootstrap run'))
  expect(await stage.git(SHELF, 'rev-list', '--count', '--all')).toBe('1')
  expect(runs()).toHaveLength(1)
})

test('a pull request that names the template’s next tag is checked, and says what new repositories begin with', async () => {
  await doing(() => releaseNextTemplate(stage))
  let pull = 0
  await doing(async () => void (pull = await proposeVersion(stage, 'v1.1.0')))
  expect(runs()).toEqual([`${CONTROL} bootstrap-lint.yml: success`])
  expect(summaryOf('lint')).toContain(
    'New repositories begin with `acme/nextjs-template@v1.1.0`, before with `acme/nextjs-template@v1.0.0`',
  )
  await stage.maintainer.merge(CONTROL, pull)
})

test('a pull request with a faulty catalogue fails on the line that is wrong', async () => {
  const catalogue = await stage.git(CONTROL, 'show', 'main:bootstrap/catalog.yml')
  await doing(async () => {
    await stage.maintainer.push({
      repository: CONTROL,
      branch: 'typo',
      files: { 'bootstrap/catalog.yml': catalogue.replace('selection_type: SINGLE', 'selection_type: ONE') },
      message: 'A slip',
    })
    await stage.maintainer.openPullRequest(CONTROL, { title: 'A slip', head: 'typo' })
  })
  expect(runs()).toEqual([`${CONTROL} bootstrap-lint.yml: failure`])
  const line = catalogue.split('\n').findIndex((text) => text.includes('selection_type: SINGLE')) + 1
  expect(summaryOf('lint')).toContain(`| ${line} |`)
})

test('update opens one pull request, with a conflict where the team changed the same line, and none elsewhere', async () => {
  const own = await stage.git(SHELF, 'show', `main:${CONFIG}`)
  await stage.maintainer.push({
    repository: SHELF,
    branch: 'week',
    files: { [CONFIG]: `${own.replace("LOAN_DAYS ?? '14'", "LOAN_DAYS ?? '7'")}\n` },
    message: 'A week is enough',
  })
  // Main is protected, and an administrator may merge all the same.
  await stage.maintainer.merge(SHELF, await stage.maintainer.openPullRequest(SHELF, { title: 'A week is enough', head: 'week' }))
  await stage.runner.idle()
  await doing(() => stage.maintainer.dispatch(CONTROL, 'bootstrap-drift.yml', { mode: 'update' }))
  expect(runs()).toContain(`${CONTROL} bootstrap-drift.yml: success`)
  const pulls = z
    .array(z.object({ title: z.string(), body: z.string(), head: z.object({ ref: z.string() }) }))
    .parse(await stage.maintainer.request('GET', `/repos/${SHELF}/pulls`))
  const [pull] = pulls
  expect(pulls).toHaveLength(1)
  expect(pull?.title).toBe('Update from the template to v1.1.0 (1 conflict)')
  expect(pull?.body.match(/^\| `.*$/gm)).toEqual([expect.stringContaining(`\`${CONFIG}\``)])
  const branch = pull?.head.ref ?? ''
  expect(await stage.git(SHELF, 'grep', '-l', '^<<<<<<< ', branch)).toBe(`${branch}:${CONFIG}`)
  const merged = await stage.git(SHELF, 'show', `${branch}:${CONFIG}`)
  expect(merged).toContain(
    "<<<<<<< yours\n    loanDays: parseDays(environment.LOAN_DAYS ?? '7'),\n=======\n    loanDays: parseDays(environment.LOAN_DAYS ?? '21'),\n>>>>>>> template v1.1.0",
  )
  expect(merged).toContain("requestIdHeader: parseHeader(environment.REQUEST_ID_HEADER ?? 'x-request-id'),")
})

test('the pull request brings what the template added, deletes what it deleted, and leaves what the recipe made', async () => {
  const branch = (await stage.git(SHELF, 'branch', '--list', 'switchyard/update-*', '--format=%(refname:short)')).trim()
  const files = (await stage.git(SHELF, 'ls-tree', '-r', '--name-only', branch)).split('\n')
  expect(files).toEqual(expect.arrayContaining(['src/lib/request-id.ts', 'src/lib/items/sqlite-store.ts', 'Dockerfile']))
  expect(files).not.toContain('docs/glossary.md')
  expect(await stage.git(SHELF, 'show', `${branch}:docs/configuration.md`)).toMatch(/LOAN_DAYS` \| 21.*DATABASE_PATH/s)
  expect(JSON.parse(await stage.git(SHELF, 'show', `${branch}:.github/bootstrap.json`))).toMatchObject({ template_version: 'v1.1.0' })
})

test('once the conflict is settled, CI of the pull request passes', async () => {
  const branch = (await stage.git(SHELF, 'branch', '--list', 'switchyard/update-*', '--format=%(refname:short)')).trim()
  const settled = (await stage.git(SHELF, 'show', `${branch}:${CONFIG}`)).replace(/^<<<<<<< .*\n(.*\n)=======\n.*\n>>>>>>> .*\n/m, '$1')
  await doing(() => stage.maintainer.push({ repository: SHELF, branch, files: { [CONFIG]: `${settled}\n` }, message: 'Keep a week' }))
  expect(runs()).toEqual([`${SHELF} ci.yml: success`])
})

test('asked a second time, it opens no second pull request', async () => {
  await doing(() => stage.maintainer.dispatch(CONTROL, 'bootstrap-drift.yml', { mode: 'update', repository: SHELF }))
  expect(runs()).toEqual([`${CONTROL} bootstrap-drift.yml: success`])
  expect(await stage.maintainer.request('GET', `/repos/${SHELF}/pulls?state=all`)).toHaveLength(2)
})
