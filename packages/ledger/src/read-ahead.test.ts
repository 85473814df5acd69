import { expect, test } from 'vitest'
import { FIRST_READ, readAhead } from './read-ahead.ts'
import { MemoryBranch, MemoryStore } from './memory-store.ts'
import { NOTHING_BESIDE } from './store.ts'

function open(hooks: { readonly before?: () => void } = {}): {
  readonly branch: MemoryBranch
  readonly store: MemoryStore
  reads(): number
} {
  const branch = new MemoryBranch()
  let reads = 0
  const store = new MemoryStore(branch, {
    before(request) {
      if (request === 'read') reads += 1
      hooks.before?.()
    },
  })
  return { branch, store, reads: () => reads }
}

test('what maintenance reads first was asked before, and once', async () => {
  const { branch, store, reads } = open()
  const head = branch.push(new Map([['ledger.json', '{}']]))
  const ahead = readAhead(store)
  expect(reads()).toBe(1)
  expect(await ahead.read(FIRST_READ, NOTHING_BESIDE)).toMatchObject({ head, files: new Map([['ledger.json', '{}']]), beside: undefined })
  expect(reads()).toBe(1)
})

test('what is read again, or with something beside it, is read then', async () => {
  const { branch, store, reads } = open()
  const ahead = readAhead(store)
  const beside = { fields: 'viewer { login }', variables: {}, parse: () => 'beside' }
  expect(await ahead.read(FIRST_READ, beside)).toMatchObject({ beside: 'beside' })
  expect((await ahead.read(FIRST_READ, NOTHING_BESIDE)).head).toBeUndefined()
  const head = branch.push(new Map())
  expect((await ahead.read(FIRST_READ, NOTHING_BESIDE)).head).toBe(head)
  expect(reads()).toBe(3)
})

test('its error is met by whoever reads, and by nobody else', async () => {
  const { store } = open({
    before() {
      throw new Error('refused')
    },
  })
  const ahead = readAhead(store)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await expect(ahead.read(FIRST_READ, NOTHING_BESIDE)).rejects.toThrow('refused')
})
