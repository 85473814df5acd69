import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createLabel,
  createRepository,
  deleteRepository,
  protectBranch,
  putEnvironment,
  readBranchRules,
  readOrganizationRulesets,
  readRepositoryByName,
  setTopics,
  updateRepository,
} from '../src/operations/index.ts'
import { caught } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

let lab: OperationsLab
const acme = { login: 'acme', kind: 'organization' } as const

beforeAll(async () => {
  lab = await openOperationsLab()
})
afterAll(() => lab[Symbol.asyncDispose]())

const make = (name: string) => createRepository(lab.boss, { owner: acme, name, visibility: 'private' })
const named = (name: string) => ({ owner: 'acme', name })

describe('createRepository', () => {
  test('makes one of an organisation, with all that was wished', async () => {
    const wanted = {
      owner: acme,
      name: 'full',
      visibility: 'private',
      description: 'run 7',
      hasWiki: false,
      allowSquashMerge: false,
      deleteBranchOnMerge: true,
    } as const
    const made = await createRepository(lab.boss, wanted)
    expect(made).toMatchObject({
      fullName: 'acme/full',
      description: 'run 7',
      visibility: 'private',
      defaultBranch: 'main',
      mayAdminister: true,
      isArchived: false,
    })
    expect(lab.local.world.repository('acme/full')).toMatchObject({
      id: made.id,
      features: { wiki: false, issues: true },
      merging: { squash: false, deleteBranch: true },
    })
  })

  test("makes one of the token's person", async () => {
    expect(await createRepository(lab.boss, { owner: { login: 'boss', kind: 'user' }, name: 'own', visibility: 'public' })).toMatchObject({
      fullName: 'boss/own',
      visibility: 'public',
    })
  })

  test('tells a taken name from a forbidden owner by status and field', async () => {
    await make('taken')
    expect(await caught(make('TAKEN'))).toMatchObject({
      code: 'GITHUB_UNPROCESSABLE',
      status: 422,
      fields: [{ resource: 'Repository', field: 'name', code: 'custom' }],
    })
    lab.local.world.setOrganizationPolicy('acme', { membersCanCreateRepositories: false })
    const member = lab.as(lab.local.world.createToken({ kind: 'classic', user: 'member', scopes: ['repo'] }))
    expect(await caught(createRepository(member, { owner: acme, name: 'no', visibility: 'private' }))).toMatchObject({
      code: 'GITHUB_FORBIDDEN',
      status: 403,
      fields: [],
    })
  })

  test('is not sent again when its answer was lost', async () => {
    lab.local.log.reset()
    lab.local.faults.add({ match: { method: 'POST' }, kind: 'lost-answer-after' })
    expect(await caught(make('lost'))).toMatchObject({ isAmbiguous: true })
    expect(lab.local.log.count()).toBe(1)
    expect(await readRepositoryByName(lab.boss, named('lost'))).toMatchObject({ fullName: 'acme/lost' })
  })
})

describe('readRepositoryByName', () => {
  test('tells what is not there from what cannot be known', async () => {
    expect(await readRepositoryByName(lab.boss, named('none'))).toBeUndefined()
    lab.local.faults.add({ match: { method: 'GET' }, kind: 'bad-credentials' })
    expect(await caught(readRepositoryByName(lab.boss, named('none')))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  })
})

describe('updateRepository', () => {
  test('changes what is named and leaves the rest', async () => {
    await createRepository(lab.boss, { owner: acme, name: 'before', visibility: 'private', homepage: 'https://x.example' })
    expect(await updateRepository(lab.boss, named('before'), { description: 'after', hasIssues: false })).toMatchObject({
      fullName: 'acme/before',
      description: 'after',
    })
    expect(await updateRepository(lab.boss, named('before'), { name: 'after', archived: true })).toMatchObject({
      fullName: 'acme/after',
      isArchived: true,
    })
    expect(lab.local.world.repository('acme/after')).toMatchObject({ homepage: 'https://x.example', features: { issues: false } })
    expect(await caught(updateRepository(lab.boss, named('full'), { defaultBranch: 'none' }))).toMatchObject({
      fields: [{ field: 'default_branch', code: 'invalid' }],
    })
  })
})

describe('deleteRepository', () => {
  test('deletes the one of the id, once, and no other of the same name', async () => {
    const { id } = await make('doomed')
    expect(await deleteRepository(lab.boss, { ...named('doomed'), id: id + 1 })).toBe('other')
    expect(await deleteRepository(lab.boss, { ...named('doomed'), id })).toBe('deleted')
    expect(await deleteRepository(lab.boss, { ...named('doomed'), id })).toBe('gone')
    await make('doomed')
    expect(await deleteRepository(lab.boss, { ...named('doomed'), id })).toBe('other')
    expect(lab.local.world.findRepository('acme/doomed')).toBeDefined()
  })

  test('without the scope is an error, and nothing is gone', async () => {
    const { id } = await make('safe')
    const plain = lab.as(lab.local.world.createToken({ kind: 'classic', user: 'boss', scopes: ['repo'] }))
    expect(await caught(deleteRepository(plain, { ...named('safe'), id }))).toMatchObject({ code: 'GITHUB_FORBIDDEN' })
    expect(lab.local.world.findRepository('acme/safe')).toBeDefined()
  })
})

describe('settings', () => {
  test('topics come back as they are kept', async () => {
    await make('set')
    expect(await setTopics(lab.boss, named('set'), ['Web', 'ci'])).toEqual(['web', 'ci'])
  })

  test('a label is made, and made anew in its place', async () => {
    expect(await createLabel(lab.boss, named('set'), { name: 'area: web', color: 'ffffff', description: 'Web' })).toBe('created')
    expect(await createLabel(lab.boss, named('set'), { name: 'Area: Web', color: '000000' })).toBe('updated')
    const labels = [...lab.local.world.state.labels.values()].filter(({ name }) => name === 'area: web')
    expect(labels).toMatchObject([{ color: '000000', description: 'Web' }])
    expect(await caught(createLabel(lab.boss, named('set'), { name: 'bad', color: 'red' }))).toMatchObject({
      fields: [{ field: 'color', code: 'invalid' }],
    })
  })

  test('an environment is made with its rules and patterns, and again without harm', async () => {
    const wanted = {
      name: 'eu/production',
      waitMinutes: 5,
      reviewers: [{ type: 'User' as const, id: lab.local.world.account('boss').id }],
      branches: ['main', 'release/*'],
    }
    for (let time = 0; time < 2; time += 1) await putEnvironment(lab.boss, named('set'), wanted)
    expect([...lab.local.world.state.environments.values()]).toMatchObject([
      { name: 'eu/production', waitTimer: 5, branches: 'custom', branchPolicies: [{ name: 'main' }, { name: 'release/*' }] },
    ])
    await putEnvironment(lab.boss, named('set'), { name: 'eu/production', branches: 'protected' })
    expect([...lab.local.world.state.environments.values()]).toMatchObject([{ waitTimer: 0, branches: 'protected', branchPolicies: [] }])
  })

  test('an environment with rules that the plan does not have is refused', async () => {
    await createRepository(lab.boss, { owner: { login: 'boss', kind: 'user' }, name: 'poor', visibility: 'private' })
    expect(await caught(putEnvironment(lab.boss, { owner: 'boss', name: 'poor' }, { name: 'production', waitMinutes: 5 }))).toMatchObject({
      code: 'GITHUB_UNPROCESSABLE',
    })
    expect(await caught(protectBranch(lab.boss, { owner: 'boss', name: 'poor' }, { branch: 'main' }))).toMatchObject({
      code: 'GITHUB_FORBIDDEN',
    })
    expect(await readBranchRules(lab.boss, { owner: 'boss', name: 'poor' }, 'main')).toBeUndefined()
  })

  test('a branch is protected as wished, and what is not wished is off', async () => {
    await lab.local.world.commit({ repository: 'acme/set', files: { a: 'a' } })
    await protectBranch(lab.boss, named('set'), {
      branch: 'main',
      approvals: 2,
      checks: ['ci'],
      strictChecks: true,
      requireCodeOwners: true,
    })
    expect(lab.local.world.repository('acme/set').protections.get('main')).toMatchObject({
      pullRequest: { approvals: 2, codeOwners: true, dismissStale: false },
      statusChecks: { strict: true, contexts: ['ci'] },
      enforceAdmins: false,
      forcePushes: false,
    })
    await protectBranch(lab.boss, named('set'), { branch: 'main' })
    expect(lab.local.world.repository('acme/set').protections.get('main')).toMatchObject({
      pullRequest: undefined,
      statusChecks: undefined,
    })
  })
})

test('rules are read where they may be known', async () => {
  lab.local.world.addOrganizationRuleset('acme', {
    name: 'signed',
    include: ['~DEFAULT_BRANCH'],
    rules: ['required_signatures', 'creation'],
    repositories: ['ruled-*'],
  })
  await make('ruled-one')
  expect(await readBranchRules(lab.boss, named('ruled-one'), 'main')).toEqual(['required_signatures', 'creation'])
  expect(await readOrganizationRulesets(lab.boss, 'acme')).toMatchObject([
    {
      name: 'signed',
      isActive: true,
      rules: ['required_signatures', 'creation'],
      branches: { include: ['~DEFAULT_BRANCH'], exclude: [] },
      repositories: { include: ['ruled-*'] },
    },
  ])
  const member = lab.as(lab.local.world.createToken({ kind: 'classic', user: 'member', scopes: ['repo'] }))
  expect(await readOrganizationRulesets(member, 'acme')).toBeUndefined()
})
