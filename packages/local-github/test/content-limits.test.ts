import { afterEach, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'
import { ask } from './rest-lab.ts'

let lab: Lab
afterEach(() => lab.github.close())

const open = async (rateLimits: { readonly contentPerMinute?: number; readonly contentPerHour?: number }) => {
  lab = await openLab({ rateLimits, clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true } })
  const { data } = await lab.ask('{ repository(owner: "acme", name: "app") { id } }')
  const repositoryId = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? ''
  return (count: number, more = '') => {
    const fields = Array.from(
      { length: count },
      (_, at) => `n${at}: createIssue(input: { repositoryId: "${repositoryId}", title: "${at}" }) { issue { id } }`,
    )
    return lab.ask(`mutation { ${fields.join(' ')} ${more} }`)
  }
}

test('each mutation of a request that makes content counts, and a request over the limit has no effect', async () => {
  const create = await open({ contentPerMinute: 5 })
  expect((await create(3)).errors).toEqual([])
  const refused = await create(3)
  expect([refused.status, refused.headers.get('retry-after'), lab.world.state.issues.size]).toEqual([403, '60', 3])
  const id = [...lab.world.state.issues.values()].at(-1)?.number
  const { data } = await lab.ask(`{ repository(owner: "acme", name: "app") { issue(number: ${id}) { id } } }`)
  const subject = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
  const comment = `c: addComment(input: { subjectId: "${subject}", body: "x" }) { clientMutationId }`
  expect((await create(2, comment)).status).toBe(403)
  expect((await create(1, comment)).errors).toEqual([])
  expect((await ask(lab.github, 'POST /repos/acme/app/issues', { token: lab.token, body: { title: 'x' } })).status).toBe(403)
  lab.github.clock.advance(60_000)
  expect((await create(5)).errors).toEqual([])
})

test('changes make no content', async () => {
  const create = await open({ contentPerMinute: 1 })
  const made = await create(1)
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(made.data))?.[1] ?? ''
  const change = (at: number) => `u${at}: updateIssue(input: { id: "${id}", title: "y" }) { clientMutationId }`
  expect((await lab.ask(`mutation { ${[1, 2, 3].map(change).join(' ')} }`)).errors).toEqual([])
})

test('the hour has a limit of its own', async () => {
  const create = await open({ contentPerMinute: 10, contentPerHour: 12 })
  expect((await create(10)).errors).toEqual([])
  lab.github.clock.advance(60_000)
  const refused = await create(3)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '3540'])
  expect((await create(2)).errors).toEqual([])
})
