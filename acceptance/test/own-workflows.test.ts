import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalGitHub, pushFolder, startLocalGitHub } from '@switchyard/local-github'
import { attachRunner, type Progress, type Runner } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const REPOSITORY = 'switchyard/switchyard'
let github: LocalGitHub
let runner: Runner
let scratch: string
let token: string
const progress: Progress[] = []

/** A small repository with this repository's own workflows, unchanged, and tests that take no time. */
async function makeRepository(folder: string): Promise<void> {
  await cp(join(root, '.github/workflows'), join(folder, '.github/workflows'), { recursive: true })
  // Whatever Node runs these tests is the one that the repository asks for: nothing is installed here.
  await writeFile(join(folder, '.node-version'), `${process.versions.node}\n`)
  await mkdir(join(folder, '.ci'), { recursive: true })
  await writeFile(join(folder, '.ci/run'), '#!/usr/bin/env bash\necho "3 passed, 0 failed"\n', { mode: 0o755 })
  const release = `${JSON.stringify(process.execPath)} ${JSON.stringify(join(root, 'scripts/tasks/release.ts'))}`
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'small', private: true, scripts: { release } }))
  await mkdir(join(folder, 'actions/one/dist'), { recursive: true })
  await writeFile(join(folder, 'actions/one/dist/index.js'), '')
}

/** Signing needs a network: what stands in says what it was given. */
async function makeAttest(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'action.yml'),
    'name: Attest\ndescription: Says what\ninputs: { subject-path: { description: What, required: true } }\nruns: { using: node24, main: main.js }\n',
  )
  await writeFile(join(folder, 'main.js'), "console.log('attests', process.env['INPUT_SUBJECT-PATH'], process.env.GITHUB_SHA.length)")
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'own-workflows-'))
  await makeRepository(join(scratch, 'repository'))
  await makeAttest(join(scratch, 'attest'))
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  world.addUser({ login: 'maintainer' })
  world.addOrganization({ login: 'switchyard', members: { maintainer: 'admin' } })
  await world.addRepository({ owner: 'switchyard', name: 'switchyard', visibility: 'public' })
  token = world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo', 'workflow'] })
  runner = await attachRunner(github, {
    actions: new Map([['actions/attest', join(scratch, 'attest')]]),
    onProgress: (each) => progress.push(each),
  })
  await pushFolder(github, join(scratch, 'repository'), { repository: REPOSITORY, pusher: 'maintainer' })
  await runner.idle()
})
afterAll(async () => {
  await runner.close()
  await github.close()
  await rm(scratch, { recursive: true, force: true })
})

const ends = (): readonly string[] =>
  progress.flatMap((each) => (each.kind === 'run-completed' ? [`${each.run.title}: ${each.conclusion}`] : []))
const logOf = (job: string): string =>
  progress.flatMap((each) => (each.kind === 'line' && each.job.name === job ? [each.text] : [])).join('\n')
const summaryOf = (job: string): string =>
  progress.flatMap((each) => (each.kind === 'job-completed' && each.job.name === job ? [each.summary] : [])).join('\n')
const readTag = (name: string): Promise<string | undefined> => github.world.git(REPOSITORY).readRef(`refs/tags/${name}`)

async function release(inputs: Readonly<Record<string, string>>): Promise<string | undefined> {
  progress.length = 0
  const response = await fetch(`${github.apiUrl}/repos/${REPOSITORY}/actions/workflows/release.yml/dispatches`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ ref: 'main', inputs }),
  })
  expect(response.status).toBe(204)
  await runner.idle()
  return ends().at(-1)
}

test('CI runs on a push, on the Node that the repository names', () => {
  expect(ends()).toEqual(['Begin: success'])
  expect(logOf('Test')).toContain('3 passed, 0 failed')
})

test('a dry run of a release checks everything and writes nothing', async () => {
  expect(await release({ version: '1.2.3' })).toBe('Release 1.2.3 (dry run): success')
  expect(summaryOf('Check')).toMatch(/v1\.2\.3 of switchyard\/switchyard can be released/)
  expect([await readTag('v1.2.3'), github.world.state.releases.size]).toEqual([undefined, 0])
})

test('a release attests the bundles, publishes, and makes both tags', async () => {
  const head = await github.world.git(REPOSITORY).readRef('refs/heads/main')
  expect(await release({ version: '1.2.3', 'dry-run': 'false' })).toBe('Release 1.2.3: success')
  expect(logOf('Publish')).toContain('attests actions/*/dist/*.js 40')
  expect([await readTag('v1.2.3'), await readTag('v1')]).toEqual([head, head])
  expect([...github.world.state.releases.values()].map(({ tagName, isDraft }) => [tagName, isDraft])).toEqual([['v1.2.3', false]])
})

test('the same release again at the same commit changes nothing', async () => {
  expect(await release({ version: '1.2.3', 'dry-run': 'false' })).toBe('Release 1.2.3: success')
  expect(github.world.state.releases.size).toBe(1)
})

test('the next one moves the major tag and leaves the released one; an older or used version is refused with what to do', async () => {
  const before = await readTag('v1.2.3')
  await github.world.commit({ repository: REPOSITORY, files: { 'more.txt': 'more' } })
  expect(await release({ version: '1.2.3', 'dry-run': 'false' })).toBe('Release 1.2.3: failure')
  expect(logOf('Check')).toContain('RELEASE_EXISTS')
  expect(await release({ version: '1.2.2', 'dry-run': 'false' })).toBe('Release 1.2.2: failure')
  expect(await release({ version: '1.3.0', 'dry-run': 'false' })).toBe('Release 1.3.0: success')
  const head = await github.world.git(REPOSITORY).readRef('refs/heads/main')
  expect([await readTag('v1.2.3'), await readTag('v1.3.0'), await readTag('v1')]).toEqual([before, head, head])
})
