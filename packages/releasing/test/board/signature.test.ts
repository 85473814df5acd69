import { expect, test } from 'vitest'
import { isAsWritten, sign, SIGNATURE_LENGTH } from '../../src/board/signature.ts'

const BODY = '## Spring\n\n- [ ] Roll out `roll-out` <!-- eu-1/acme -->\n'

test('a body is known as written until a word or a box of it is changed', () => {
  const written = sign(BODY)
  expect(written.length - BODY.length).toBe(SIGNATURE_LENGTH)
  expect(isAsWritten(written)).toBe(true)
  expect(isAsWritten(written.replaceAll('\n', '\r\n'))).toBe(true)
  expect(isAsWritten(written.replace('[ ]', '[x]'))).toBe(false)
  expect(isAsWritten(written.replace('Spring', 'Autumn'))).toBe(false)
  expect(isAsWritten(BODY)).toBe(false)
})
