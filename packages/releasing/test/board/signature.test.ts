import { expect, test } from 'vitest'
import { keyOf } from '../../src/board/boxes.ts'
import { findDrawing, findDrawingId, isAsWritten, sign, SIGNATURE_ROOM } from '../../src/board/signature.ts'

const lineOf = (step: string, checked: boolean): string => `- [${checked ? 'x' : ' '}] Roll out \`${step}\` <!-- eu-1/acme -->\n`
const BODY = `## Spring\n\n${lineOf('one', false)}${lineOf('two', true)}${lineOf('three', false)}${lineOf('four', false)}${lineOf('five', true)}`

test('a body is known as written until a word or a box of it is changed', () => {
  const written = sign(BODY)
  expect(isAsWritten(written)).toBe(true)
  expect(isAsWritten(written.replaceAll('\n', '\r\n'))).toBe(true)
  expect(isAsWritten(written.replace('[ ]', '[x]'))).toBe(false)
  expect(isAsWritten(written.replace('Spring', 'Autumn'))).toBe(false)
  expect(isAsWritten(BODY)).toBe(false)
})

test('which boxes were drawn ticked is known whatever was ticked since, and no longer once a word is changed', () => {
  const written = sign(BODY)
  const drawn = [...(findDrawing(written.replaceAll('- [x]', '- [ ]').replaceAll('\n', '\r\n'))?.ticked ?? [])]
  expect(drawn).toEqual(
    ['one', 'two', 'three', 'four', 'five'].map((step) => [keyOf({ address: 'eu-1/acme', step }), step === 'two' || step === 'five']),
  )
  expect(findDrawing(written.replace('[ ]', '[x]'))?.id).toBe(findDrawing(written)?.id)
  expect(findDrawing(written.replace('Spring', 'Autumn'))).toBe(undefined)
  expect(findDrawing(written.replace(lineOf('five', true), ''))).toBe(undefined)
  expect(findDrawing(written.replace(/ticked=\w*/, 'ticked=0'))).toBe(undefined)
  expect(findDrawingId(written.replace('Spring', 'Autumn'))).toBe(findDrawingId(written))
})

test('a body of nothing but the shortest boxes has room for its signature', () => {
  const line = '- [x] `a` <!-- b/c -->\n'
  const body = line.repeat(Math.floor((60_000 - SIGNATURE_ROOM) / line.length))
  expect(sign(body).length).toBeLessThanOrEqual(60_000)
})
