import { expect, test } from 'vitest'
import { createSecretMasker } from './secret-masker.ts'

const secret = `p&ss "w<rd' %1`

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ secret }).slice(11, -2)],
  ['in a URL', encodeURIComponent(secret)],
  ['in XML', 'p&amp;ss &quot;w&lt;rd&apos; %1'],
  ['in an expression', secret.replaceAll("'", "''")],
  ['as base64', Buffer.from(secret).toString('base64')],
])('a secret is masked %s', (_, form) => {
  expect(createSecretMasker([secret]).mask(`before ${form} after`)).toBe('before *** after')
})

test.each(['u:', 'us:', 'use:'])('a secret is masked inside the base64 of "%s" and itself', (prefix) => {
  const inner = Buffer.from(secret.slice(2)).toString('base64').replaceAll('=', '').slice(0, -1)
  expect(createSecretMasker([secret]).mask(Buffer.from(prefix + secret).toString('base64'))).not.toContain(inner)
})

test('secrets that overlap or touch become one mask', () => {
  const masker = createSecretMasker(['abcdef', 'defghi', 'xyz'])
  expect(masker.mask('-abcdefghixyz-abcdef-')).toBe('-***-***-')
})

test('blank secrets mask nothing', () => {
  expect(createSecretMasker(['', '  ', '\n']).mask('a b')).toBe('a b')
})
