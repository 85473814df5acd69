import { createVerify, generateKeyPairSync } from 'node:crypto'
import { UserError } from '@switchyard/core'
import { expect, test } from 'vitest'
import { signAppJwt } from './app-jwt.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (type: 'pkcs1' | 'pkcs8'): string => privateKey.export({ type, format: 'pem' }).toString()
const AT = Date.UTC(2026, 0, 1)

test.each([
  ['PKCS#1', pem('pkcs1')],
  ['PKCS#8', pem('pkcs8')],
  ['with escaped line breaks', pem('pkcs1').replaceAll('\n', '\\n')],
  ['with Windows line breaks and blanks around', `  ${pem('pkcs8').replaceAll('\n', '\r\n')}  `],
])('a key %s signs what GitHub can verify', (_, key) => {
  const [head = '', claims = '', signature = ''] = signAppJwt({ appId: 'Iv1.abc', privateKey: key }, AT).split('.')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' })
  const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  expect({ iat, iss }).toEqual({ iat: AT / 1_000 - 60, iss: 'Iv1.abc' })
  expect(exp - AT / 1_000).toBeLessThanOrEqual(600)
  expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true)
})

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

test.each([
  ['', 'is empty'],
  ['ghp_token', 'does not start with `-----BEGIN`'],
  [publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'is a public key'],
  [pem('pkcs1').slice(0, 600), 'is cut off'],
  [privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(), 'passphrase'],
  [pem('pkcs1').replace(/\n.{64}\n/, '\n'), 'cannot be read'],
  [elliptic, 'is not an RSA key'],
])('a key that is none is refused in words, without a word of it (%#)', (key, flaw) => {
  const error = catchError(() => signAppJwt({ appId: '1', privateKey: key }, AT))
  expect(error).toBeInstanceOf(UserError)
  expect(error).toMatchObject({ code: 'APP_KEY_INVALID', message: expect.stringContaining(flaw) })
  expect(error).not.toHaveProperty('cause')
})

function catchError(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
