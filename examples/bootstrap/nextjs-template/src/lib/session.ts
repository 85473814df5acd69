import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Session {
  readonly name: string
  /** ms since the epoch */
  readonly until: number
}

/** A session as a cookie's value: what it says and a signature, so that the browser can keep it and not change it. */
export function sealSession(session: Session, secret: string): string {
  const body = Buffer.from(JSON.stringify(session)).toString('base64url')
  return `${body}.${sign(body, secret)}`
}

/** The session in a cookie's value; undefined if it is over, or not ours. */
export function openSession(value: string, secret: string, now: number): Session | undefined {
  const [body = '', signature = ''] = value.split('.')
  const expected = Buffer.from(sign(body, secret))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const session = parseSession(Buffer.from(body, 'base64url').toString())
  return session !== undefined && session.until > now ? session : undefined
}

function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url')
}

function parseSession(text: string): Session | undefined {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('name' in value) || !('until' in value)) return undefined
  const { name, until } = value
  return typeof name === 'string' && typeof until === 'number' ? { name, until } : undefined
}
