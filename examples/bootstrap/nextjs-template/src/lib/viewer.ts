import { openSession } from './session.ts'

export const SESSION_COOKIE = 'session'

/** Who is reading, from the session cookie; nobody has to sign in to look. */
export function findViewer(cookie: string | undefined, secret: string): string | undefined {
  return cookie === undefined ? undefined : openSession(cookie, secret, Date.now())?.name
}
