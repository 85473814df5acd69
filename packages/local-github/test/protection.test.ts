import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLocalGitHub, type LocalGitHub } from '../src/index.ts'
import { pushFiles, type PushWanted } from './git-lab.ts'
import { ask, type Reply } from './rest-lab.ts'

let github: LocalGitHub
const tokens: Record<string, string> = {}
const off = { required_status_checks: null, enforce_admins: true, required_pull_request_reviews: null, restrictions: null }

beforeAll(async () => {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world } = github
  for (const login of ['boss', 'writer']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', writer: 'member' }, defaultRepositoryRole: 'write', plan: 'team' })
  for (const user of ['boss', 'writer']) tokens[user] = world.createToken({ kind: 'classic', user, scopes: ['repo', 'workflow'] })
})

afterAll(() => github.close())

const as = (who: string, what: string, body?: unknown): Promise<Reply> =>
  ask(github, what, { token: tokens[who] ?? '', ...(body === undefined ? {} : { body }) })
const push = (who: string, wanted: Omit<PushWanted, 'token' | 'files'>) =>
  pushFiles(github, { token: tokens[who] ?? '', files: { change: who }, ...wanted })

/** A repository whose branch `main` is protected so. */
async function protect(name: string, protection: object): Promise<void> {
  await github.world.addRepository({ owner: 'acme', name })
  await github.world.commit({ repository: `acme/${name}`, files: { 'README.md': name } })
  expect((await as('boss', `PUT /repos/acme/${name}/branches/main/protection`, { ...off, ...protection })).status).toBe(200)
}

describe('a protected branch', () => {
  test('that asks for pull requests refuses every other way in, and takes a merge', async () => {
    await protect('reviewed', { required_pull_request_reviews: { required_approving_review_count: 0 } })
    const pushed = await push('writer', { repository: 'acme/reviewed', from: 'main' })
    expect(pushed.code).toBe(1)
    expect(pushed.out).toContain('GH006: Protected branch update failed for refs/heads/main.')
    expect(pushed.out).toContain('- Changes must be made through a pull request.')
    expect(pushed.out).toContain('(protected branch hook declined)')
    const put = await as('writer', 'PUT /repos/acme/reviewed/contents/x', { message: 'm', content: 'eA==' })
    expect(put).toMatchObject({ status: 409, body: { message: expect.stringContaining('through a pull request') } })
    expect((await push('writer', { repository: 'acme/reviewed', from: 'main', to: 'topic' })).code).toBe(0)
    const { body } = await as('writer', 'POST /repos/acme/reviewed/pulls', { title: 'Topic', head: 'topic', base: 'main' })
    expect((await as('writer', `PUT /repos/acme/reviewed/pulls/${String(body.number)}/merge`, {})).status).toBe(200)
  })

  test('that asks for an approval refuses the merge too', async () => {
    await protect('approved', { required_pull_request_reviews: {} })
    await push('writer', { repository: 'acme/approved', from: 'main', to: 'topic' })
    const { body } = await as('writer', 'POST /repos/acme/approved/pulls', { title: 'Topic', head: 'topic', base: 'main' })
    expect(await as('writer', `PUT /repos/acme/approved/pulls/${String(body.number)}/merge`, {})).toMatchObject({
      status: 405,
      body: { message: 'At least 1 approving review is required by reviewers with write access.' },
    })
  })

  test('binds those who administer it only when asked to', async () => {
    await protect('lenient', { required_pull_request_reviews: {}, enforce_admins: false })
    await protect('strict', { required_pull_request_reviews: {}, enforce_admins: true })
    const code = async (who: string, name: string): Promise<number> => (await push(who, { repository: `acme/${name}`, from: 'main' })).code
    expect([await code('boss', 'lenient'), await code('writer', 'lenient'), await code('boss', 'strict')]).toEqual([0, 1, 1])
  })

  test('is neither overwritten nor deleted, unless that is allowed', async () => {
    await protect('kept', {})
    await protect('loose', { allow_force_pushes: true, allow_deletions: true })
    const forced = async (name: string): Promise<number> => (await push('writer', { repository: `acme/${name}`, force: true })).code
    const deleted = async (name: string): Promise<number> => (await as('writer', `DELETE /repos/acme/${name}/git/refs/heads/main`)).status
    expect([await forced('kept'), await deleted('kept')]).toEqual([1, 422])
    expect([await forced('loose'), await deleted('loose')]).toEqual([0, 204])
  })

  test('waits for the checks that it names', async () => {
    await protect('checked', { required_status_checks: { strict: false, contexts: ['ci'] } })
    const refused = await push('writer', { repository: 'acme/checked', from: 'main' })
    expect(refused.out).toContain('Required status check "ci" is expected.')
    await push('writer', { repository: 'acme/checked', from: 'main', to: 'topic' })
    const sha = await github.world.git('acme/checked').readRef('refs/heads/topic')
    const job = github.world.createToken({ kind: 'job', repository: 'acme/checked', permissions: { checks: 'write' } })
    await ask(github, 'POST /repos/acme/checked/check-runs', { token: job, body: { name: 'ci', head_sha: sha, conclusion: 'success' } })
    expect((await as('writer', 'PATCH /repos/acme/checked/git/refs/heads/main', { sha })).status).toBe(200)
  })

  test('takes pushes only of those it names', async () => {
    await protect('named', { restrictions: { users: ['boss'], teams: [], apps: [] } })
    expect([
      (await push('writer', { repository: 'acme/named', from: 'main' })).code,
      (await push('boss', { repository: 'acme/named', from: 'main' })).code,
    ]).toEqual([1, 0])
  })

  test('shows its protection to those who administer it, and what is off is left out', async () => {
    await protect('shown', { required_pull_request_reviews: { required_approving_review_count: 2 } })
    const { body } = await as('boss', 'GET /repos/acme/shown/branches/main/protection')
    expect(body).toMatchObject({ required_pull_request_reviews: { required_approving_review_count: 2 }, enforce_admins: { enabled: true } })
    expect(body).not.toHaveProperty('required_status_checks')
    expect((await as('writer', 'GET /repos/acme/shown/branches/main/protection')).status).toBe(403)
    expect((await as('writer', 'GET /repos/acme/shown/branches/main')).body).toMatchObject({ protected: true })
  })

  test('is a matter of the plan where the repository is private', async () => {
    const { world } = github
    await world.addRepository({ owner: 'boss', name: 'mine' })
    await world.commit({ repository: 'boss/mine', files: { x: 'x' } })
    const put = (): Promise<Reply> => as('boss', 'PUT /repos/boss/mine/branches/main/protection', off)
    expect(await put()).toMatchObject({ status: 403, body: { message: expect.stringContaining('Upgrade to GitHub Pro') } })
    expect((await as('boss', 'GET /repos/boss/mine/rules/branches/main')).status).toBe(403)
    world.repository('boss/mine').visibility = 'public'
    expect((await put()).status).toBe(200)
  })
})

describe('merge settings', () => {
  test('close the ways that are off, and clear the head branch away', async () => {
    await github.world.addRepository({ owner: 'acme', name: 'merged' })
    await github.world.commit({ repository: 'acme/merged', files: { a: 'a' } })
    await as('boss', 'PATCH /repos/acme/merged', { allow_merge_commit: false, delete_branch_on_merge: true })
    await push('writer', { repository: 'acme/merged', from: 'main', to: 'topic' })
    const { body } = await as('writer', 'POST /repos/acme/merged/pulls', { title: 'Topic', head: 'topic', base: 'main' })
    const merge = (merge_method: string): Promise<Reply> =>
      as('writer', `PUT /repos/acme/merged/pulls/${String(body.number)}/merge`, { merge_method })
    expect(await merge('merge')).toMatchObject({ status: 405, body: { message: 'Merge commits are not allowed on this repository.' } })
    expect((await merge('squash')).status).toBe(200)
    expect(await github.world.git('acme/merged').readRef('refs/heads/topic')).toBeUndefined()
  })
})
