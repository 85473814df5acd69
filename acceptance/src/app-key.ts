import { generateKeyPairSync } from 'node:crypto'

let made: { readonly publicKey: string; readonly privateKey: string } | undefined

/** The key pair of the Apps of all stages: making one takes longer than the rest of a stage. */
export function appKey(): { readonly publicKey: string; readonly privateKey: string } {
  return (made ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }))
}
