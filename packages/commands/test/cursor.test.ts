import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cursor, type IssueComment, selectUnhandled } from '../src/index.ts'
import { families } from './definitions.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString().replace('.000', '')
const comment = (id: number, changes: Partial<IssueComment> = {}): IssueComment => ({
  id,
  body: '/release list',
  author: { login: 'ada', type: 'User' },
  createdAt: at(id),
  lastEditedAt: undefined,
  ...changes,
})
const select = (cursor: Cursor | undefined, ...comments: IssueComment[]) => {
  const found = selectUnhandled({ cursor, comments, families })
  return {
    now: found.comments.map(({ comment: { id } }) => id),
    edited: found.edited.map(({ comment: { id } }) => id),
    cursor: found.cursor,
  }
}

it('takes every command comment before there is a cursor, oldest first', () => {
  expect(select(undefined, comment(3), comment(1), comment(2))).toEqual({ now: [1, 2, 3], edited: [], cursor: { createdAt: at(3), id: 3 } })
})

it('takes what is newer than the cursor, by id within one second', () => {
  const same = { createdAt: at(5) }
  expect(select({ createdAt: at(5), id: 7 }, comment(4), comment(6, same), comment(7, same), comment(8, same), comment(9)).now).toEqual([
    8, 9,
  ])
})

it('takes a comment once, however often it is read', () => {
  expect(select(undefined, comment(1), comment(1), comment(2)).now).toEqual([1, 2])
})

it('refuses an edited comment by name, and does not come back to it', () => {
  const comments = [comment(1), comment(2, { lastEditedAt: at(9) })]
  const first = select(undefined, ...comments)
  expect(first).toEqual({ now: [1], edited: [2], cursor: { createdAt: at(2), id: 2 } })
  expect(select(first.cursor, ...comments)).toEqual({ now: [], edited: [], cursor: first.cursor })
})

it('does not come back to a comment that is edited after it was answered', () => {
  expect(select({ createdAt: at(1), id: 1 }, comment(1, { lastEditedAt: at(9) }))).toMatchObject({ now: [], edited: [] })
})

it.each<[string, Partial<IssueComment>]>([
  ['words', { body: 'Thanks!' }],
  ['edited words', { body: 'Thanks!', lastEditedAt: at(9) }],
  ['a robot’s', { author: { login: 'dependabot', type: 'Bot' } }],
  ['a deleted account’s', { author: undefined }],
  ['the toolkit’s own under a person’s token', { body: '/release list\n\n<!-- switchyard:release:2-1 -->' }],
  ['the toolkit’s own with lines as mail has them', { body: '<!-- switchyard:release:2-1 -->\r\n/release list' }],
])('ignores %s, and leaves the cursor where it was', (_, changes) => {
  const cursor = { createdAt: at(0), id: 0 }
  expect(select(cursor, comment(1, changes))).toEqual({ now: [], edited: [], cursor })
})

it('takes a comment whose command is misspelt: it wants an answer', () => {
  const found = selectUnhandled({ cursor: undefined, comments: [comment(1, { body: '/relase list' })], families })
  expect(found.comments[0]?.parsed.faults.map(({ code }) => code)).toEqual(['unknown-family'])
})

it('hands on who asked and what was parsed', () => {
  const [found] = selectUnhandled({ cursor: undefined, comments: [comment(1)], families }).comments
  expect([found?.comment.author.login, found?.parsed.commands.length]).toEqual(['ada', 1])
})

it('handles each comment once, whichever runs see which comments', () => {
  const made = fc.array(fc.record({ second: fc.integer({ min: 0, max: 5 }), edited: fc.boolean(), command: fc.boolean() }), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(made, fc.array(fc.nat(12), { maxLength: 6 }), (list, wakes) => {
      const comments = list
        .sort((left, right) => left.second - right.second)
        .map(({ second, edited, command }, id) =>
          comment(id, { createdAt: at(second), lastEditedAt: edited ? at(9) : undefined, body: command ? '/help' : 'words' }),
        )
      let cursor: Cursor | undefined
      const seen: number[] = []
      for (const length of [...wakes.sort((left, right) => left - right), comments.length]) {
        const found = selectUnhandled({ cursor, comments: comments.slice(0, length), families })
        seen.push(...[...found.comments, ...found.edited].map(({ comment: { id } }) => id))
        cursor = found.cursor
      }
      const expected = comments.filter(({ body }) => body === '/help').map(({ id }) => id)
      expect(seen.sort((left, right) => left - right)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})
