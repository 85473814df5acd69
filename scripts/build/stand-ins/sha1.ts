import { createHash, type Hash } from 'node:crypto'

/** For `sha.js/sha1.js`, which brings a hash for browsers with a dozen packages for old ones. */
export default function Sha1(): Hash {
  return createHash('sha1')
}
