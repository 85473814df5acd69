import { expect, it } from 'vitest'
import { joinSentences } from './sentences.ts'

it.each([
  [['It may not be read', 'Add it.'], 'It may not be read. Add it.'],
  [['It is gone.', '', ' Look. '], 'It is gone. Look.'],
  [['Why?', 'So'], 'Why? So.'],
  [['GitHub says: no', '(POST /graphql, status 200)'], 'GitHub says: no. (POST /graphql, status 200)'],
  [['Write `x`', '“Why?”', 'It says “no”', 'one (or two)'], 'Write `x`. “Why?” It says “no”. one (or two).'],
  [['See https://github.com/acme'], 'See https://github.com/acme'],
])('%j is read as whole sentences', (sentences, text) => {
  expect(joinSentences(...sentences)).toBe(text)
})
