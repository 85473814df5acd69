import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, isoDay } from '../src/lib/format.ts'
import { createLog } from '../src/lib/log.ts'
import { slugOf } from '../src/lib/slug.ts'

test('a slug has no accents and no hyphen at an end, even where it is cut', () => {
  assert.equal(slugOf('  Bohrmaschine für Öl! '), 'bohrmaschine-fur-ol')
  assert.equal(slugOf(`${'a'.repeat(47)} b`), 'a'.repeat(47))
})

test('days and counts read as people write them', () => {
  assert.equal(isoDay(new Date('2026-01-02T23:59:59Z')), '2026-01-02')
  assert.deepEqual([countOf(1, 'day'), countOf(0, 'day')], ['1 day', '0 days'])
})

test('a log leaves out what is below its level', () => {
  const lines: string[] = []
  const log = createLog('warn', (line) => lines.push(line))
  log.info('quiet')
  log.warn('loud', { item: 'drill' })
  assert.deepEqual(lines, ['{"level":"warn","message":"loud","item":"drill"}'])
})
