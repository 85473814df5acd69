import { expect, test } from 'vitest'
import { renderInert } from './inert.ts'
import { createRedactor } from './redact.ts'

const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nq8uVbnmz1234\nshort\n-----END RSA PRIVATE KEY-----\n'

test.each([
  ['as it is', 'pass/word+1', 'pass/word+1'],
  ['in a URL', 'pass/word+1', encodeURIComponent('pass/word+1')],
  ['in base64', 'pass/word+1', Buffer.from('pass/word+1').toString('base64')],
  ['as the password of basic authentication', 'pass/word+1', Buffer.from('x-access-token:pass/word+1').toString('base64')],
  ['in JSON', 'a"quoted"\nsecret', JSON.stringify('a"quoted"\nsecret').slice(1, -1)],
  ['a line of a key', KEY, 'q8uVbnmz1234'],
  ['a line of a key with escaped line breaks', KEY.replaceAll('\n', '\\n'), 'q8uVbnmz1234'],
])('a known secret is hidden %s', (_, secret, form) => {
  const redactor = createRedactor()
  expect(redactor.add(secret)).toContain(form)
  expect(redactor.redact(`before ${form} after`)).toBe('before *** after')
})

test.each([
  'ghp_0123456789abcdefghijABCDEFGHIJ012345',
  'ghs_0123456789abcdefghijABCDEFGHIJ012345',
  'github_pat_11ABCDEFG0abcdefghijkl_0123456789',
  `v1.${'0f'.repeat(20)}`,
  `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJlLWJ5dGVz`,
  KEY.trim(),
  KEY.trim().replaceAll('\n', '\\n'),
])('what looks like a secret is hidden although nobody named it: %s', (secret) => {
  expect(createRedactor().redact(`before ${secret} after`)).toBe('before *** after')
})

test('the password of an address is hidden', () => {
  expect(createRedactor().redact('by http://me:hunter2@proxy:80/x')).toBe('by http://***@proxy:80/x')
})

test('the longer of two secrets is hidden whole', () => {
  const redactor = createRedactor()
  redactor.add('abcd')
  redactor.add('abcdefgh')
  expect(redactor.redact('abcdefgh')).toBe('***')
})

test('too short a secret does not tear holes into everything', () => {
  const redactor = createRedactor()
  expect(redactor.add('a')).toEqual([])
  expect(redactor.redact('banana')).toBe('banana')
})

test.each([
  ['::set-output name=x::y', ':\u200b:set-output name=x::y'],
  ['fine\n  ::add-mask::x', 'fine\n  :\u200b:add-mask::x'],
  ['fine\r::stop-commands::x', 'fine\n:\u200b:stop-commands::x'],
  ['before ##[error]x', 'before ##\u200b[error]x'],
  ['a::b', 'a::b'],
])('text that strangers wrote cannot command the runner: %j', (text, inert) => {
  expect(renderInert(text)).toBe(inert)
})
