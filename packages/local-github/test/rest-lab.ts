import type { LocalGitHub } from '../src/index.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
  /** The body when it is a list. */
  readonly items: readonly Readonly<Record<string, unknown>>[]
}

export interface Ask {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One REST request; `what` is the method and the path below the API's root. */
export async function ask(github: LocalGitHub, what: string, { token, body, headers }: Ask = {}): Promise<Reply> {
  const [method = 'GET', path = ''] = what.split(' ')
  const response = await fetch(`${github.apiUrl}${path}`, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const value: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text }
  const items = Array.isArray(value) ? (value as Reply['items']) : []
  return { status: response.status, headers: response.headers, body: value as Reply['body'], items }
}
