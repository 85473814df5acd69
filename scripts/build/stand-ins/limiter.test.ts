import { expect, test, vi } from 'vitest'
import Limiter from './limiter.ts'

function createFailing(times: number): { readonly task: (options: { readonly retries: number[] }) => Promise<string>; calls(): number } {
  let calls = 0
  return {
    task: async ({ retries }) => {
      calls += 1
      if (calls <= times) throw new Error(`failure ${calls} after ${retries.length}`)
      return 'done'
    },
    calls: () => calls,
  }
}

test('runs a task once, with its options, and hands on what it gives', async () => {
  const limiter = new Limiter()
  const task = vi.fn<(options: { readonly name: string }) => Promise<string>>(async ({ name }) => `${name} is done`)
  expect(await limiter.schedule(task, { name: 'one' })).toBe('one is done')
  expect(task).toHaveBeenCalledTimes(1)
})

test('runs it again as long as the listener names a wait, and counts the tries', async () => {
  const limiter = new Limiter()
  const retries: number[] = []
  limiter.on('failed', (_, { retryCount }) => {
    retries.push(retryCount)
    return retryCount < 2 ? 1 : undefined
  })
  const { task, calls } = createFailing(2)
  expect(await limiter.schedule(task, { retries })).toBe('done')
  expect({ retries, calls: calls() }).toEqual({ retries: [0, 1], calls: 3 })
})

test('hands on the last failure when the listener names none, or cannot read it', async () => {
  const limiter = new Limiter()
  await expect(limiter.schedule(createFailing(1).task, { retries: [] })).rejects.toThrow('failure 1')
  limiter.on('failed', () => {
    throw new TypeError('no request')
  })
  await expect(limiter.schedule(createFailing(1).task, { retries: [] })).rejects.toThrow('failure 1')
})
