import { STREAMS } from '@switchyard/core'
import { expect, test } from 'vitest'
import { isRuledStream, RULED_STREAMS, withDecider } from '../src/index.ts'

test.each(RULED_STREAMS)('%s has the decider of its own stream', async (name) => {
  expect(STREAMS).toContain(name)
  expect(await withDecider(name, ({ stream, parse }) => ({ stream, parsers: Object.keys(parse).sort() }))).toEqual({
    stream: name,
    parsers: ['effect', 'event', 'index', 'state'],
  })
})

test('dispatch, bootstrap, release and plan have rules; a stream without, and a name that every object has, do not', () => {
  expect(RULED_STREAMS).toEqual(['dispatch', 'bootstrap', 'release', 'plan'])
  expect(['fleet', 'toString'].filter(isRuledStream)).toEqual([])
})
