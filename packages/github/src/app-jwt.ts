import { createPrivateKey, sign } from 'node:crypto'
import { UserError } from '@switchyard/core'

export interface AppIdentity {
  /** The App's id or client id. */
  readonly appId: string
  /** PEM, PKCS#1 or PKCS#8; line breaks may be written as `\n`. */
  readonly privateKey: string
}

/** GitHub takes at most 10 minutes; a minute in the past allows for clocks that differ (docs: generating-a-json-web-token-jwt). */
const LIFETIME_S = 9 * 60
const BACKDATED_S = 60

/**
 * The App's own credential for the next 9 minutes, signed with RS256. `at` is in ms since the epoch, by GitHub's clock.
 *
 * @throws {UserError} `APP_KEY_INVALID` when the private key is none.
 */
export function signAppJwt({ appId, privateKey }: AppIdentity, at: number): string {
  const issuedAt = Math.floor(at / 1_000) - BACKDATED_S
  const claims = { iat: issuedAt, exp: issuedAt + BACKDATED_S + LIFETIME_S, iss: appId }
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), readKey(privateKey)).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** The cause is left out on purpose: what a parser says about a key may quote it. */
function readKey(privateKey: string): ReturnType<typeof createPrivateKey> {
  const pem = privateKey.replaceAll('\\n', '\n').trim()
  const key = findKey(pem)
  if (key?.asymmetricKeyType === 'rsa') return key
  throw new UserError('APP_KEY_INVALID', `The App's private key ${describeFlaw(pem, key !== undefined)}.`, {
    hint: 'Give the whole `.pem` file that GitHub made for the App, from its first line `-----BEGIN …` to its last.',
  })
}

function findKey(pem: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

function describeFlaw(pem: string, isOtherKey: boolean): string {
  if (isOtherKey) return 'is not an RSA key'
  if (pem === '') return 'is empty'
  if (!pem.startsWith('-----BEGIN ')) return 'does not start with `-----BEGIN`'
  if (/^-----BEGIN [A-Z ]*(PUBLIC KEY|CERTIFICATE)/.test(pem)) return 'is a public key or a certificate'
  if (pem.startsWith('-----BEGIN ENCRYPTED ')) return 'is protected by a passphrase'
  if (!/-----END [A-Z ]+-----$/.test(pem)) return 'is cut off: its last line is missing'
  return 'cannot be read'
}
