import type { TransportAnswer } from './transport-answer.ts'
import { TransportError } from './transport-error.ts'
import type { Transport, TransportRequest } from './transport.ts'

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
const MAX_HOPS = 5

/**
 * Sends a request and follows where its answer points, for GET and HEAD only: what a redirected write did is not known,
 * so its answer is handed to the caller as it came. Another host never gets the token, and HTTPS is never left.
 */
export async function sendAndFollow(transport: Transport, url: string, request: TransportRequest): Promise<TransportAnswer> {
  let target = new URL(url)
  let current = request
  for (let hop = 0; ; hop++) {
    const answer = await transport.send(target, current)
    const next = readLocation(answer, target)
    if (!next || (request.method !== 'GET' && request.method !== 'HEAD')) return answer
    if (hop === MAX_HOPS) throw new TransportError('unusable', `${target.host} redirects more than ${MAX_HOPS} times`)
    if (target.protocol === 'https:' && next.protocol !== 'https:') {
      throw new TransportError('unusable', `${target.host} redirects to an address without HTTPS`)
    }
    if (next.origin !== target.origin) current = { ...current, headers: withoutToken(current.headers) }
    target = next
  }
}

function readLocation(answer: TransportAnswer, target: URL): URL | undefined {
  const location = answer.headers.get('location')
  if (location === undefined || !REDIRECTS.includes(answer.status)) return undefined
  return URL.parse(location, target.href) ?? undefined
}

function withoutToken(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))
}
