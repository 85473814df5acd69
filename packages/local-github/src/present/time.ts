import { toMoment } from '../world/clock.ts'
import type { Signature } from '../git/types.ts'

/** OpenAPI `git-commit` author: name, email, date. */
export function presentSignature(signature: Signature) {
  return { name: signature.name, email: signature.email, date: toMoment(signature.time) }
}
