import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab
let first: string
let second: string
let repositoryId: string
const zeros = '0'.repeat(40)

beforeEach(async () => {
  lab = await openLab()
  first = await lab.world.commit({ repository: 'acme/app', branch: 'state', files: { a: '1' } })
  second = await lab.world.commit({ repository: 'acme/app', branch: 'state', files: { a: '2' } })
  const { data } = await lab.ask('{ repository(owner: "acme", name: "app") { id } }')
  repositoryId = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? ''
})
afterEach(() => lab.github.close())

const at = (branch: string) => lab.world.git('acme/app').readRef(`refs/heads/${branch}`)

test('createRef makes a branch once', async () => {
  const query = 'mutation ($input: CreateRefInput!) { createRef(input: $input) { ref { name target { oid } } } }'
  const variables = { input: { repositoryId, name: 'refs/heads/new', oid: first } }
  expect((await lab.ask(query, variables)).data).toEqual({ createRef: { ref: { name: 'new', target: { oid: first } } } })
  const { errors } = await lab.ask(query, variables)
  expect(errors).toMatchObject([{ type: 'UNPROCESSABLE', message: 'A ref named "refs/heads/new" already exists in the repository.' }])
})

const update = 'mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
const move = (refUpdates: readonly object[]) => lab.ask(update, { input: { repositoryId, refUpdates } })

test('updateRefs moves many refs or none', async () => {
  const good = { name: 'refs/heads/copy', beforeOid: zeros, afterOid: second }
  const { errors } = await move([good, { name: 'refs/heads/state', beforeOid: first, afterOid: second }])
  expect(errors).toMatchObject([{ type: 'STALE_DATA' }])
  expect(await at('copy')).toBeUndefined()
  expect((await move([good, { name: 'refs/heads/state', beforeOid: second, afterOid: zeros }])).errors).toEqual([])
  expect([await at('copy'), await at('state')]).toEqual([second, undefined])
})

test('updateRefs goes back only when it is forced, and checks the old head all the same', async () => {
  const back = { name: 'refs/heads/state', beforeOid: second, afterOid: first }
  expect((await move([back])).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
  expect((await move([{ ...back, beforeOid: first, force: true }])).errors).toMatchObject([{ type: 'STALE_DATA' }])
  expect(await at('state')).toBe(second)
  expect((await move([{ ...back, force: true }])).errors).toEqual([])
  expect(await at('state')).toBe(first)
})
