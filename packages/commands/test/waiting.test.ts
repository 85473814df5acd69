import { expect, it } from 'vitest'
import { type IssueComment, replyMarker, selectWaiting } from '../src/index.ts'
import { families } from './definitions.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString().replace('.000', '')
const comment = (id: number, changes: Partial<IssueComment> = {}) => ({
  id,
  body: '/release list',
  author: { login: 'ada', type: 'User' },
  createdAt: at(id),
  lastEditedAt: undefined,
  isOurs: false,
  ...changes,
})
const answerTo = (id: number, changes: { isOurs?: boolean } = {}) => ({
  ...comment(100 + id, { author: { login: 'bot', type: 'Bot' }, body: `${replyMarker('release', id)}\nDone.` }),
  isOurs: true,
  ...changes,
})
const select = (comments: readonly ReturnType<typeof comment>[], cursor?: { createdAt: string; id: number }) =>
  selectWaiting({ capability: 'release', comments, families, cursor }).map(({ comment: { id }, isEdited }) =>
    isEdited ? `${id} edited` : id,
  )

it('what nobody answered waits, oldest first, changed ones in their place', () => {
  const same = { createdAt: at(3) }
  expect(select([comment(5, same), comment(4, same), comment(1), comment(2, { lastEditedAt: at(9) })])).toEqual([1, '2 edited', 4, 5])
})

it('what was answered waits no more; an answer of somebody else’s is none', () => {
  expect(select([comment(1), comment(2), answerTo(1), answerTo(2, { isOurs: false })])).toEqual([2])
})

it('what was changed after its answer waits for one more, and then no more', () => {
  const edited = comment(1, { lastEditedAt: at(200) })
  expect(select([edited, answerTo(1)])).toEqual(['1 edited'])
  expect(select([edited, answerTo(1), { ...answerTo(1), id: 300, createdAt: at(201) }])).toEqual([])
  expect(select([comment(1, { lastEditedAt: at(100) }), answerTo(1)])).toEqual([])
})

it('what the ledger has handled waits no more, answered or not', () => {
  expect(select([comment(1), comment(2), comment(3), answerTo(2)], { createdAt: at(1), id: 1 })).toEqual([3])
})

it('each capability looks for answers of its own', () => {
  expect(selectWaiting({ capability: 'plan', comments: [comment(1), answerTo(1)], families })).toHaveLength(1)
})
