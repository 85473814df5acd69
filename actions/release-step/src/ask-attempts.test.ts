import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askAttempts } from './ask-attempts.ts'

const run = (run_id: number, run_attempt = 1, repository = 'acme/shop') => ({ repository, run_id, run_attempt })

test('each attempt of a run is asked about once, however many steps began in it', async () => {
  const asked: string[] = []
  const attempts = [run(1), run(1), run(2), run(1, 2), run(1, 1, 'acme/other'), run(1)]
  const findAnswer = await askAttempts(attempts, async (attempt) => {
    asked.push(`${attempt.repository} ${attempt.run_id} ${attempt.run_attempt}`)
    return asked.length
  })
  expect(asked).toEqual(['acme/shop 1 1', 'acme/shop 2 1', 'acme/shop 1 2', 'acme/other 1 1'])
  expect([...attempts, run(9)].map(findAnswer)).toEqual([1, 1, 2, 3, 4, 1, undefined])
})

test('no more than ten are asked about at a time', async () => {
  let under = 0
  const most: number[] = []
  const attempts = Array.from({ length: 25 }, (_, at) => run(at))
  const findAnswer = await askAttempts(attempts, async ({ run_id }) => {
    under += 1
    most.push(under)
    await turn()
    under -= 1
    return run_id
  })
  expect(Math.max(...most)).toBe(10)
  expect(attempts.map(findAnswer)).toEqual(attempts.map(({ run_id }) => run_id))
})
