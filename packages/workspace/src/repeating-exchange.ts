import { fullJitter, RETRY_STEPS_MS } from '@switchyard/core'
import type { HttpAnswer, HttpExchange, HttpRequest } from './http-exchange.ts'
import type { Patience } from './probe-refs.ts'

/**
 * An exchange that is asked again: any request that was refused unread, for its rate or for want of a connection; a read whatever
 * became of it. A push whose fate is not known is sent once. At most five times more, and never beyond `patience`.
 */
export function withRepeats(http: HttpExchange, patience: Patience): HttpExchange {
  return {
    async fetch(url, init) {
      const endsAt = patience.now() + patience.limitMs
      for (let attempt = 0; ; attempt++) {
        const outcome = await http.fetch(url, init).catch((error: unknown) => new Unanswered(error))
        const waitMs = outcome instanceof Unanswered ? waitAfterSilence(outcome, { url, init }) : waitAfter(outcome, { url, init })
        const wait = waitMs === undefined ? undefined : waitMs + fullJitter(attempt, patience.random())
        if (wait === undefined || attempt >= RETRY_STEPS_MS.length || patience.now() + wait > endsAt) {
          if (outcome instanceof Unanswered) throw outcome.error
          return outcome
        }
        await patience.sleep(wait)
      }
    },
  }
}

class Unanswered {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

interface Sent {
  readonly url: string
  readonly init: HttpRequest
}

/** What to wait at the least, in ms; undefined: it is not sent again. */
function waitAfter({ status, headers }: HttpAnswer, sent: Sent): number | undefined {
  const asked = Number(headers.get('retry-after') ?? Number.NaN)
  const isLimited = status === 429 || (status === 403 && headers.has('retry-after'))
  if (isLimited) return Number.isFinite(asked) ? asked * 1_000 : undefined
  return status >= 500 && isRead(sent) ? 0 : undefined
}

function waitAfterSilence({ error }: Unanswered, sent: Sent): number | undefined {
  const failure = error instanceof Error && 'failure' in error ? error.failure : undefined
  return failure === 'not-sent' || (failure === 'lost' && isRead(sent)) ? 0 : undefined
}

function isRead({ url, init }: Sent): boolean {
  return init.method === 'GET' || url.endsWith('/git-upload-pack')
}
