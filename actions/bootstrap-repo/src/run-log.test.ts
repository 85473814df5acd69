import { MAX_LOG_BYTES } from '@switchyard/bootstrapping'
import { expect, test } from 'vitest'
import { RunLog } from './run-log.ts'

test('a log is the beginning of what was said, and says where it was cut; the step’s own log has it all', () => {
  const said: string[] = []
  const log = new RunLog((line) => said.push(line))
  log.add('first\nsecond')
  log.add('ä'.repeat(MAX_LOG_BYTES))
  log.add('after')
  expect(log.text()).toBe('first\nsecond\n[the rest was cut off]\n')
  expect(said.map(({ length }) => length)).toEqual([5, 6, MAX_LOG_BYTES, 5])
})

test('a log never has more bytes than are kept, its last line included', () => {
  const log = new RunLog(() => undefined)
  for (let count = 0; count < 30_000; count += 1) log.add('line \ud800')
  expect(Buffer.byteLength(log.text(), 'utf8')).toBeLessThanOrEqual(MAX_LOG_BYTES)
  expect(log.text()).toMatch(/^line �\n[^]*\n\[the rest was cut off\]\n$/)
  expect(new RunLog(() => undefined).text()).toBe('')
})
