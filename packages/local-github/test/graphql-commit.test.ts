import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab
let head: string

beforeEach(async () => {
  lab = await openLab()
  head = await lab.world.commit({
    repository: 'acme/app',
    branch: 'state',
    files: { 'a.json': '{}', 'b/c.json': '[]' },
    author: 'maintainer',
  })
})
afterEach(() => lab.github.close())

const mutation = `mutation Append($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { clientMutationId
    commit { oid message signature { isValid wasSignedByGitHub } } ref { name target { oid } } }
}`

const base64 = (text: string) => Buffer.from(text).toString('base64')

interface Wanted {
  readonly expected?: string
  readonly branch?: Readonly<Record<string, unknown>>
  readonly additions?: readonly { readonly path: string; readonly contents: string }[]
  readonly deletions?: readonly { readonly path: string }[]
  readonly body?: string
}

const input = ({ expected = head, branch, additions = [], deletions = [], body }: Wanted) => ({
  input: {
    branch: branch ?? { repositoryNameWithOwner: 'acme/app', branchName: 'state' },
    expectedHeadOid: expected,
    message: { headline: 'Append', ...(body !== undefined && { body }) },
    fileChanges: { additions, deletions },
    clientMutationId: 'mine',
  },
})

const store = () => lab.world.git('acme/app')
const readText = async (path: string) => {
  const oid = await store().readRef('refs/heads/state')
  const entry = await store().readPath(oid ?? '', path)
  return entry && (await store().readBlob(entry.oid))?.toString()
}

describe('a commit', () => {
  test('is made on the expected head, signed, and told in the reply', async () => {
    const additions = [
      { path: 'a.json', contents: base64('{"b":1}') },
      { path: 'new/d.json', contents: base64('ü') },
    ]
    const { data, errors } = await lab.ask(mutation, input({ additions, deletions: [{ path: 'b/c.json' }], body: 'why' }))
    expect(errors).toEqual([])
    const now = await store().readRef('refs/heads/state')
    expect(data).toEqual({
      createCommitOnBranch: {
        clientMutationId: 'mine',
        commit: { oid: now, message: 'Append\n\nwhy', signature: { isValid: true, wasSignedByGitHub: true } },
        ref: { name: 'state', target: { oid: now } },
      },
    })
    expect(await Promise.all(['a.json', 'new/d.json', 'b/c.json'].map(readText))).toEqual(['{"b":1}', 'ü', undefined])
    const commit = await store().readCommit(now ?? '')
    expect(commit).toMatchObject({
      parents: [head],
      author: { name: 'github-actions[bot]' },
      committer: { name: 'GitHub', email: 'noreply@github.com' },
    })
  })

  test('may be named by the node id of its branch', async () => {
    const { data } = await lab.ask('{ repository(owner: "acme", name: "app") { ref(qualifiedName: "state") { id } } }')
    const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
    expect((await lab.ask(mutation, input({ branch: { id } }))).errors).toEqual([])
    expect(await store().readRef('refs/heads/state')).not.toBe(head)
  })

  test('without changes is an empty commit', async () => {
    await lab.ask(mutation, input({}))
    const now = await store().readRef('refs/heads/state')
    const [before, after] = await Promise.all([head, now ?? ''].map((oid) => store().readCommit(oid)))
    expect(now).not.toBe(head)
    expect(after?.tree).toBe(before?.tree)
  })
})

describe('a refusal leaves the branch alone', () => {
  const stateOf = () => store().readRef('refs/heads/state')

  test('STALE_DATA when the head is not the expected one', async () => {
    const { status, body } = await lab.ask(mutation, input({ expected: 'd8a7a1d03f212ac203112cf729d6c27d7030f42c' }))
    expect(status).toBe(200)
    expect(body).toEqual({
      data: { createCommitOnBranch: null },
      errors: [
        {
          type: 'STALE_DATA',
          path: ['createCommitOnBranch'],
          locations: [{ line: 2, column: 3 }],
          message: 'Expected branch to point to "d8a7a1d03f212ac203112cf729d6c27d7030f42c" but it did not.  Pull and try again.',
        },
      ],
    })
    expect(await stateOf()).toBe(head)
  })

  test("the git layer's words when the branch moves underneath", async () => {
    const next = await lab.world.commit({ repository: 'acme/app', branch: 'state', files: { 'x.json': '1' } })
    lab.github.faults.add({ match: { operation: 'Append' }, kind: 'stale-head' })
    const { errors } = await lab.ask(mutation, input({}))
    expect(errors).toMatchObject([{ path: ['createCommitOnBranch'], message: `Ref refs/heads/state is at ${next} but expected ${head}` }])
    expect(errors[0]).not.toHaveProperty('type')
    expect(await stateOf()).toBe(next)
  })

  test('a missing branch, repository and expected head', async () => {
    const branch = { repositoryNameWithOwner: 'acme/app', branchName: 'none' }
    expect((await lab.ask(mutation, input({ branch }))).errors).toMatchObject([{ type: 'NOT_FOUND' }])
    const elsewhere = { repositoryNameWithOwner: 'acme/none', branchName: 'state' }
    expect((await lab.ask(mutation, input({ branch: elsewhere }))).errors).toMatchObject([
      { type: 'NOT_FOUND', message: "Could not resolve to a Repository with the name 'acme/none'." },
    ])
    const tooLong = { repositoryNameWithOwner: 'acme/app/typo', branchName: 'state' }
    expect((await lab.ask(mutation, input({ branch: tooLong }))).errors).toMatchObject([
      { type: 'NOT_FOUND', message: "Could not resolve to a Repository with the name 'acme/app/typo'." },
    ])
    const variables = { input: { ...input({}).input, expectedHeadOid: null } }
    const { data, errors } = await lab.ask(mutation, variables)
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([
      {
        message:
          'Variable $input of type CreateCommitOnBranchInput! was provided invalid value for expectedHeadOid ' +
          '(Expected value to not be null)',
        extensions: { problems: [{ path: ['expectedHeadOid'], explanation: 'Expected value to not be null' }] },
      },
    ])
  })

  test('the deletion of a path that is not there', async () => {
    const { errors } = await lab.ask(mutation, input({ additions: [{ path: 'n', contents: '' }], deletions: [{ path: 'b/none.json' }] }))
    expect(errors).toMatchObject([{ message: `A path was requested for deletion which does not exist as of commit oid \`${head}\`` }])
    expect(await stateOf()).toBe(head)
  })

  test('one path twice', async () => {
    const { errors } = await lab.ask(mutation, input({ additions: [{ path: 'a.json', contents: '' }], deletions: [{ path: 'a.json' }] }))
    expect(errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
    expect(await stateOf()).toBe(head)
  })

  test('contents that are not base64', async () => {
    const { errors } = await lab.ask(mutation, input({ additions: [{ path: 'a.json', contents: 'not base64!' }] }))
    expect(errors[0]?.message).toContain('fileChanges.additions.0.contents')
    expect(await stateOf()).toBe(head)
  })

  test('a ruleset that covers the branch', async () => {
    lab.world.addRuleset('acme/app', { name: 'all', include: ['~ALL'], exclude: ['refs/heads/open/*'], rules: ['pull_request'] })
    const { errors } = await lab.ask(mutation, input({}))
    expect(errors).toMatchObject([{ message: 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n' }])
    expect(await stateOf()).toBe(head)
  })

  test("a workflow file by a job's token", async () => {
    const additions = [{ path: '.github/workflows/ci.yml', contents: base64('on: push') }]
    const { errors } = await lab.ask(mutation, input({ additions }))
    expect(errors).toMatchObject([
      {
        type: 'FORBIDDEN',
        message: 'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
      },
    ])
    expect(await stateOf()).toBe(head)
  })

  test('a token that may only read, and one that may not even see', async () => {
    const reader = lab.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { contents: 'read' } })
    expect((await lab.ask(mutation, input({}), reader)).errors).toMatchObject([
      { type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['createCommitOnBranch'] },
    ])
    await lab.world.addRepository({ owner: 'acme', name: 'other' })
    const stranger = lab.world.createToken({ kind: 'job', repository: 'acme/other', permissions: { contents: 'write' } })
    expect((await lab.ask(mutation, input({}), stranger)).errors).toMatchObject([{ type: 'NOT_FOUND' }])
    expect(await stateOf()).toBe(head)
  })

  test('a person without the role', async () => {
    lab.world.addUser({ login: 'bob' })
    lab.world.addCollaborator('acme/app', 'bob', 'read')
    const token = lab.world.createToken({ kind: 'classic', user: 'bob', scopes: ['repo'] })
    expect((await lab.ask(mutation, input({}), token)).errors).toMatchObject([
      { type: 'FORBIDDEN', message: 'bob does not have the correct permissions to execute `CreateCommitOnBranch`' },
    ])
  })
})

test('of 20 commits on one head exactly one is made', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => lab.ask(mutation, input({}))))
  expect(replies.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
  const log = await store().log({ from: (await store().readRef('refs/heads/state')) ?? '' })
  expect(log).toHaveLength(2)
})
