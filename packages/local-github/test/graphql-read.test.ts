import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab
let head: string

beforeAll(async () => {
  lab = await openLab()
  const files = {
    'state.json': '{"a":1}\n',
    'deep/er/file.txt': 'grüße',
    'big.txt': `${'a'.repeat(511_999)}éb`,
    'image.bin': Buffer.from([1, 0, 2]),
  }
  head = await lab.world.commit({ repository: 'acme/app', branch: 'data', files, message: 'Add data\n\nwith a body', author: 'maintainer' })
})
afterAll(() => lab.github.close())

test('a repository is read with its facts', async () => {
  const { data, errors } = await lab.ask(`{ repository(owner: "ACME", name: "app") {
    databaseId name nameWithOwner owner { __typename login } visibility isPrivate isArchived isFork hasIssuesEnabled
    defaultBranchRef { name prefix target { __typename oid } } url
  } }`)
  expect(errors).toEqual([])
  const main = await lab.world.git('acme/app').readRef('refs/heads/main')
  expect(data).toEqual({
    repository: {
      databaseId: lab.world.repository('acme/app').id,
      name: 'app',
      nameWithOwner: 'acme/app',
      owner: { __typename: 'Organization', login: 'acme' },
      visibility: 'PRIVATE',
      isPrivate: true,
      isArchived: false,
      isFork: false,
      hasIssuesEnabled: true,
      defaultBranchRef: { name: 'main', prefix: 'refs/heads/', target: { __typename: 'Commit', oid: main } },
      url: `${lab.github.serverUrl}/acme/app`,
    },
  })
})

test('files are read through the head commit, as the ledger reads them', async () => {
  const { data } = await lab.ask(
    `query Read($branch: String!) { repository(owner: "acme", name: "app") { ref(qualifiedName: $branch) { target { ... on Commit {
    oid
    f0: file(path: "state.json") { object { ... on Blob { text byteSize isTruncated } } }
    f1: file(path: "missing.json") { object { ... on Blob { text } } }
    f2: file(path: "deep/er/file.txt") { name path mode type extension object { ... on Blob { text byteSize isBinary } } }
    f3: file(path: "deep") { object { ... on Tree { entries { name type } } } }
  } } } } }`,
    { branch: 'refs/heads/data' },
  )
  expect(data).toEqual({
    repository: {
      ref: {
        target: {
          oid: head,
          f0: { object: { text: '{"a":1}\n', byteSize: 8, isTruncated: false } },
          f1: null,
          f2: {
            name: 'file.txt',
            path: 'deep/er/file.txt',
            mode: 33188,
            type: 'blob',
            extension: '.txt',
            object: { text: 'grüße', byteSize: 7, isBinary: false },
          },
          f3: { object: { entries: [{ name: 'er', type: 'tree' }] } },
        },
      },
    },
  })
})

test('a text over 512,000 bytes is cut at a whole character and says so', async () => {
  const { data } = await lab.ask(
    '{ repository(owner: "acme", name: "app") { object(expression: "data:big.txt") { ... on Blob { text byteSize isTruncated } } } }',
  )
  expect(data).toEqual({ repository: { object: { text: 'a'.repeat(511_999), byteSize: 512_002, isTruncated: true } } })
})

test('a binary blob has no text', async () => {
  const { data } = await lab.ask(
    '{ repository(owner: "acme", name: "app") { object(expression: "data:image.bin") { ... on Blob { text isBinary byteSize } } } }',
  )
  expect(data).toEqual({ repository: { object: { text: null, isBinary: true, byteSize: 3 } } })
})

test('a commit tells its message, people, dates, parents and history', async () => {
  const { data, errors } = await lab.ask(`{ repository(owner: "acme", name: "app") { object(expression: "data") { ... on Commit {
    message messageHeadline messageBody author { name user { login } } committedDate tree { entries { name } } signature { isValid }
    parents(first: 1) { totalCount } history(first: 1) { totalCount nodes { oid } pageInfo { hasNextPage } }
  } } } }`)
  expect(errors).toEqual([])
  expect(data).toEqual({
    repository: {
      object: {
        message: 'Add data\n\nwith a body',
        messageHeadline: 'Add data',
        messageBody: 'with a body',
        author: { name: 'maintainer', user: { login: 'maintainer' } },
        committedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        tree: { entries: ['big.txt', 'deep', 'image.bin', 'state.json'].map((name) => ({ name })) },
        signature: null,
        parents: { totalCount: 0 },
        history: { totalCount: 1, nodes: [{ oid: head }], pageInfo: { hasNextPage: false } },
      },
    },
  })
})

test('a short ref name is looked for among branches; one that is nowhere is null', async () => {
  const { data } = await lab.ask(
    `{ repository(owner: "acme", name: "app") {
      a: ref(qualifiedName: "data") { name } b: ref(qualifiedName: "refs/heads/none") { name }
    } }`,
  )
  expect(data).toEqual({ repository: { a: { name: 'data' }, b: null } })
})

test('refs are paged by cursor', async () => {
  const query = `query ($after: String) { repository(owner: "acme", name: "app") {
      refs(refPrefix: "refs/heads/", first: 1, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } }
    } }`
  const first = await lab.ask(query)
  expect(first.data).toEqual({
    repository: { refs: { totalCount: 2, nodes: [{ name: 'data' }], pageInfo: { hasNextPage: true, endCursor: expect.any(String) } } },
  })
  const endCursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(first.data))?.[1]
  const second = await lab.ask(query, { after: endCursor })
  expect(second.data).toMatchObject({ repository: { refs: { nodes: [{ name: 'main' }], pageInfo: { hasNextPage: false } } } })
})

test('a node is found again by its id', async () => {
  const { data } = await lab.ask('{ repository(owner: "acme", name: "app") { id ref(qualifiedName: "data") { id target { id } } } }')
  const ids = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1])
  const again = await lab.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids })
  expect(again.data).toEqual({
    nodes: [
      { id: ids[0], __typename: 'Repository' },
      { id: ids[1], __typename: 'Ref' },
      { id: ids[2], __typename: 'Commit' },
    ],
  })
})

test('the budget is told, and what a query of connections costs', async () => {
  const { data, headers } = await lab.ask('{ rateLimit { cost limit remaining used nodeCount resetAt } viewer { login } }')
  expect(data).toMatchObject({ rateLimit: { cost: 1, limit: 1000, nodeCount: 0 }, viewer: { login: 'github-actions[bot]' } })
  expect(headers.get('x-ratelimit-resource')).toBe('graphql')
  const dear = await lab.ask(`{ rateLimit { cost nodeCount } repository(owner: "acme", name: "app") {
    issues(first: 100) { nodes { labels(first: 50) { nodes { name } } comments(first: 20) { nodes { body } } } } } }`)
  expect(dear.data).toMatchObject({ rateLimit: { cost: 2, nodeCount: 100 + 100 * 50 + 100 * 20 } })
})
