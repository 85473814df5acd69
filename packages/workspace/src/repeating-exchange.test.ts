import { expect, test } from 'vitest'
import type { HttpAnswer, HttpExchange } from './index.ts'
import { withRepeats } from './repeating-exchange.ts'

type Ending = number | 'lost' | 'not-sent' | 'unusable'

const READS = [
  ['GET', 'info/refs?service=git-receive-pack'],
  ['POST', 'git-upload-pack'],
] as const
const PUSH = ['POST', 'git-receive-pack'] as const

interface Played {
  readonly ended: unknown
  readonly asked: number
  readonly slept: readonly number[]
}

/** Plays the endings one after another, the last for ever. Time goes on by sleeping alone. */
async function play(endings: readonly Ending[], [method, path]: readonly [string, string], limitMs = 10_000): Promise<Played> {
  let asked = 0
  const slept: number[] = []
  const http: HttpExchange = {
    async fetch(url): Promise<HttpAnswer> {
      const ending = endings[Math.min(asked++, endings.length - 1)] ?? 200
      if (typeof ending === 'string') throw Object.assign(new Error('no answer'), { failure: ending })
      const headers = new Map(ending === 429 || ending === 403 ? [['retry-after', '2']] : [])
      return { status: ending, url, headers, arrayBuffer: async () => new ArrayBuffer(0) }
    },
  }
  const patience = {
    limitMs,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    random: () => 0.5,
    sleep: async (ms: number) => void slept.push(ms),
  }
  const answer = withRepeats(http, patience).fetch(`https://github.example/acme/app.git/${path}`, { method, headers: {}, timeoutMs: 1 })
  const ended = await answer.then(
    ({ status }) => status,
    (error: unknown) => (error instanceof Error && 'failure' in error ? error.failure : error),
  )
  return { ended, asked, slept }
}

const mishaps = [502, 'lost', 'not-sent', 429, 403] as const
test.each(READS.flatMap((read) => mishaps.map((first) => ({ read, first }))))(
  'a read is sent again after $first ($read)',
  async ({ read, first }) => {
    expect(await play([first, 200], read)).toMatchObject({ ended: 200, asked: 2 })
  },
)

test.each([502, 'lost'] as const)('a push that may have happened is not sent again (%s)', async (first) => {
  expect(await play([first, 200], PUSH)).toMatchObject({ ended: first, asked: 1 })
})

test.each(['not-sent', 429, 403] as const)('a push that surely did not happen is sent again (%s)', async (first) => {
  expect(await play([first, 200], PUSH)).toMatchObject({ ended: 200, asked: 2 })
})

test.each([404, 401, 'unusable'] as const)('a refusal is an answer (%s)', async (first) => {
  expect(await play([first, 200], READS[0])).toMatchObject({ ended: first, asked: 1 })
})

test('a limit is waited for as long as it says, and not beyond the patience', async () => {
  expect(await play([429, 200], PUSH)).toMatchObject({ slept: [2_050] })
  expect(await play([429, 200], PUSH, 1_000)).toMatchObject({ ended: 429, asked: 1, slept: [] })
})

test('it ends: six times at the most', async () => {
  expect(await play([502], READS[0])).toMatchObject({ ended: 502, asked: 6 })
})
