import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'
import { ask, type Reply } from './rest-lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.github.close())

const send = (what: string, body?: unknown): Promise<Reply> => {
  const [method, path] = what.split(' ')
  return ask(lab.github, `${method} /repos/acme/app${path}`, { token: lab.token, body })
}

test('issues are sorted by how many comments they have', async () => {
  for (const comments of [1, 2, 0, 1]) {
    const { body } = await send('POST /issues', { title: 't' })
    for (let count = 0; count < comments; count += 1) await send(`POST /issues/${String(body['number'])}/comments`, { body: 'c' })
  }
  const numbersOf = async (query: string) => (await send(`GET /issues?${query}`)).items.map(({ number }) => number)
  expect(await numbersOf('sort=comments')).toEqual([2, 4, 1, 3])
  expect(await numbersOf('sort=comments&direction=asc')).toEqual([3, 1, 4, 2])
})

test('a check run that was superseded is not the latest of its status', async () => {
  const { body } = await send('GET /git/ref/heads/main')
  const sha = (body['object'] as { readonly sha: string }).sha
  for (const state of [{ status: 'completed', conclusion: 'success' }, { status: 'in_progress' }]) {
    expect((await send('POST /check-runs', { name: 'test', head_sha: sha, ...state })).status).toBe(201)
  }
  const countOf = async (query: string) => (await send(`GET /commits/${sha}/check-runs?${query}`)).body['total_count']
  expect(await countOf('status=completed')).toBe(0)
  expect(await countOf('status=in_progress')).toBe(1)
  expect(await countOf('status=completed&filter=all')).toBe(1)
})
