import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ContractWatch, watchContract } from '../contract/index.ts'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab
let contract: ContractWatch
let repositoryId: string
let head: string

beforeEach(async () => {
  lab = await openLab()
  contract = watchContract(lab.github)
  head = await lab.world.commit({ repository: 'acme/app', files: { a: '1' } })
  repositoryId = idIn(await lab.ask('{ repository(owner: "acme", name: "app") { id } }'))
})
afterEach(async () => {
  await lab.github.close()
  contract.check()
})

const idIn = ({ body }: { readonly body: unknown }): string => /"id":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? ''

/** Runs one mutation on its input and selects from its payload. */
const mutate = (name: string, input: Readonly<Record<string, unknown>>, select: string, token?: string) =>
  lab.ask(
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${select} } }`,
    { input },
    token,
  )

const openIssue = async (title: string) => idIn(await mutate('createIssue', { repositoryId, title }, 'issue { id }'))
const issueFields = 'issue { number title body state stateReason closed author { login __typename } labels(first: 5) { nodes { name } } }'

test('an issue is opened with labels, changed, closed with a reason and opened again', async () => {
  const bug = idIn(await lab.ask('{ repository(owner: "acme", name: "app") { label(name: "BUG") { id } } }'))
  const opened = await mutate('createIssue', { repositoryId, title: 'One', body: 'text', labelIds: [bug] }, `${issueFields} `)
  expect(opened.errors).toEqual([])
  expect(opened.data).toEqual({
    createIssue: {
      issue: {
        number: 1,
        title: 'One',
        body: 'text',
        state: 'OPEN',
        stateReason: null,
        closed: false,
        author: { login: 'github-actions', __typename: 'Bot' },
        labels: { nodes: [{ name: 'bug' }] },
      },
    },
  })
  const id = idIn(await lab.ask('{ repository(owner: "acme", name: "app") { issue(number: 1) { id } } }'))
  await mutate('updateIssue', { id, title: 'Two', labelIds: [] }, 'issue { id }')
  const closed = await mutate('closeIssue', { issueId: id, stateReason: 'NOT_PLANNED' }, issueFields)
  expect(closed.data).toMatchObject({
    closeIssue: { issue: { title: 'Two', body: 'text', state: 'CLOSED', stateReason: 'NOT_PLANNED', labels: { nodes: [] } } },
  })
  const reopened = await mutate('reopenIssue', { issueId: id }, issueFields)
  expect(reopened.data).toMatchObject({ reopenIssue: { issue: { state: 'OPEN', stateReason: 'REOPENED' } } })
})

test('who edited a body last is told, and nothing of an edit of the title', async () => {
  const id = await openIssue('x')
  const fields = 'issue { lastEditedAt editor { login } }'
  const titled = await mutate('updateIssue', { id, title: 'y' }, fields)
  expect(titled.data).toEqual({ updateIssue: { issue: { lastEditedAt: null, editor: null } } })
  const edited = await mutate('updateIssue', { id, body: 'z' }, fields)
  expect(edited.data).toEqual({
    updateIssue: { issue: { lastEditedAt: expect.stringMatching(/^[-\d]+T[:\d]+Z$/), editor: { login: 'github-actions' } } },
  })
})

test('a body over 262,144 bytes is refused when it is made and dropped when it is changed', async () => {
  const body = 'é'.repeat(131_073)
  expect((await mutate('createIssue', { repositoryId, title: 'x', body }, 'issue { id }')).errors).toMatchObject([
    { type: 'UNPROCESSABLE', message: 'Body is too long (maximum is 65536 characters)' },
  ])
  const id = await openIssue('x')
  expect((await mutate('addComment', { subjectId: id, body }, 'subject { id }')).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
  const changed = await mutate('updateIssue', { id, body }, 'issue { body }')
  expect([changed.errors, changed.data]).toEqual([[], { updateIssue: { issue: { body: '' } } }])
})

test('a comment is written, changed, reacted to and deleted', async () => {
  const subjectId = await openIssue('x')
  const id = idIn(await mutate('addComment', { subjectId, body: 'hello' }, 'commentEdge { node { id } }'))
  const changed = await mutate('updateIssueComment', { id, body: 'hi' }, 'issueComment { body url author { login } }')
  expect(changed.data).toMatchObject({ updateIssueComment: { issueComment: { body: 'hi', author: { login: 'github-actions' } } } })
  const react = () =>
    mutate('addReaction', { subjectId: id, content: 'EYES' }, 'reaction { databaseId content } reactionGroups { content viewerHasReacted }')
  const [first, second] = [await react(), await react()]
  expect(second.data).toEqual(first.data)
  expect(JSON.stringify(first.data)).toContain('{"content":"EYES","viewerHasReacted":true}')
  expect((await mutate('removeReaction', { subjectId: id, content: 'EYES' }, 'reaction { content }')).errors).toEqual([])
  expect((await mutate('deleteIssueComment', { id }, 'clientMutationId')).errors).toEqual([])
  expect((await lab.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).errors).toMatchObject([
    { type: 'NOT_FOUND', message: `Could not resolve to a node with the global id of '${id}'`, path: ['node'] },
  ])
})

test('labels are put on an issue and taken off', async () => {
  const labelableId = await openIssue('x')
  const label = idIn(await mutate('createLabel', { repositoryId, name: 'dispatch', color: 'ededed' }, 'label { id }'))
  const names = 'labelable { ... on Issue { labels(first: 5) { nodes { name } } } }'
  expect((await mutate('addLabelsToLabelable', { labelableId, labelIds: [label] }, names)).data).toMatchObject({
    addLabelsToLabelable: { labelable: { labels: { nodes: [{ name: 'dispatch' }] } } },
  })
  expect((await mutate('removeLabelsFromLabelable', { labelableId, labelIds: [label] }, names)).data).toMatchObject({
    removeLabelsFromLabelable: { labelable: { labels: { nodes: [] } } },
  })
})

test('people are assigned to an issue and taken off, ten at the most, and only those who see it', async () => {
  const assignableId = await openIssue('x')
  const logins = Array.from({ length: 12 }, (_, at) => `assignee-${at}`)
  for (const login of logins) {
    lab.world.addUser({ login })
    if (login !== 'assignee-0') lab.world.addCollaborator('acme/app', login, 'read')
  }
  const ids: string[] = []
  for (const login of logins) ids.push(idIn(await lab.ask(`{ user(login: "${login}") { id } }`)))
  const back = 'assignable { assignees(first: 20) { nodes { login } } }'
  const added = await mutate('addAssigneesToAssignable', { assignableId, assigneeIds: ids }, back)
  expect(added.data).toEqual({
    addAssigneesToAssignable: { assignable: { assignees: { nodes: logins.slice(1, 11).map((login) => ({ login })) } } },
  })
  const removed = await mutate('removeAssigneesFromAssignable', { assignableId, assigneeIds: ids.slice(0, 10) }, back)
  expect(removed.data).toEqual({ removeAssigneesFromAssignable: { assignable: { assignees: { nodes: [{ login: 'assignee-10' }] } } } })
})

test('sub-issues and dependencies link issues, within their rules', async () => {
  const [parent, child, other] = [await openIssue('parent'), await openIssue('child'), await openIssue('other')]
  const added = await mutate(
    'addSubIssue',
    { issueId: parent, subIssueId: child },
    'issue { subIssues(first: 5) { nodes { title } } } subIssue { parent { title } }',
  )
  expect(added.data).toMatchObject({
    addSubIssue: { issue: { subIssues: { nodes: [{ title: 'child' }] } }, subIssue: { parent: { title: 'parent' } } },
  })
  const again = { issueId: other, subIssueId: child }
  expect((await mutate('addSubIssue', again, 'issue { id }')).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
  expect((await mutate('addSubIssue', { ...again, replaceParent: true }, 'issue { id }')).errors).toEqual([])
  expect((await mutate('addSubIssue', { issueId: child, subIssueId: other }, 'issue { id }')).errors).toMatchObject([
    { type: 'UNPROCESSABLE' },
  ])
  const blocked = await mutate(
    'addBlockedBy',
    { issueId: parent, blockingIssueId: other },
    'issue { blockedBy(first: 1) { nodes { title } } issueDependenciesSummary { totalBlockedBy } }',
  )
  expect(blocked.data).toMatchObject({
    addBlockedBy: { issue: { blockedBy: { nodes: [{ title: 'other' }] }, issueDependenciesSummary: { totalBlockedBy: 1 } } },
  })
})

test('a check run is made and completed by an App only', async () => {
  const input = {
    repositoryId,
    name: 'dispatch',
    headSha: head,
    status: 'IN_PROGRESS',
    output: { title: 'T', summary: 'S' },
    externalId: 'key',
  }
  const made = await mutate('createCheckRun', input, 'checkRun { id status conclusion externalId title checkSuite { app { slug } } }')
  expect(made.data).toMatchObject({
    createCheckRun: {
      checkRun: { status: 'IN_PROGRESS', conclusion: null, externalId: 'key', checkSuite: { app: { slug: 'github-actions' } } },
    },
  })
  const done = await mutate(
    'updateCheckRun',
    { repositoryId, checkRunId: idIn(made), conclusion: 'SUCCESS' },
    'checkRun { status conclusion summary }',
  )
  expect(done.data).toMatchObject({ updateCheckRun: { checkRun: { status: 'COMPLETED', conclusion: 'SUCCESS', summary: 'S' } } })
  const person = lab.world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo'] })
  expect((await mutate('createCheckRun', input, 'checkRun { id }', person)).errors).toMatchObject([
    { type: 'FORBIDDEN', message: 'You must authenticate via a GitHub App.' },
  ])
  const long = { ...input, output: { title: 'T', summary: 'x'.repeat(65_536) } }
  expect((await mutate('createCheckRun', long, 'checkRun { id }')).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
})

test('of several mutations in one request each stands for itself, in order', async () => {
  const id = await openIssue('x')
  const query = `mutation ($id: ID!, $none: ID!) {
    a: addComment(input: { subjectId: $id, body: "first" }) { subject { id } }
    b: addComment(input: { subjectId: $none, body: "lost" }) { subject { id } }
    c: updateIssue(input: { id: $id, title: "new" }) { issue { title comments(first: 5) { nodes { body } } } }
  }`
  const { data, errors } = await lab.ask(query, { id, none: `${id}x` })
  expect(data).toEqual({ a: { subject: { id } }, b: null, c: { issue: { title: 'new', comments: { nodes: [{ body: 'first' }] } } } })
  expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['b'] }])
})

test('where issues are switched off, one that is there is not told', async () => {
  await openIssue('One')
  lab.world.repository('acme/app').features.issues = false
  const told = await lab.ask('{ repository(owner: "acme", name: "app") { hasIssuesEnabled issue(number: 1) { id } } }')
  expect(told.data).toEqual({ repository: { hasIssuesEnabled: false, issue: null } })
  expect(told.errors).toMatchObject([{ type: 'NOT_FOUND', path: ['repository', 'issue'] }])
})
