/** The HTTP that git needs: GitHub's connection has this shape. Redirects of reads are followed, those of writes are answers. */
export interface HttpExchange {
  /** @throws an error with `failure` (`not-sent` | `lost` | `unusable`) when no usable answer came. */
  fetch(url: string, init: HttpRequest): Promise<HttpAnswer>
}

export interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
  readonly timeoutMs: number
}

export interface HttpAnswer {
  readonly status: number
  /** Where the answer came from, after redirects. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  arrayBuffer(): Promise<ArrayBuffer>
}

/** A repository's address, and what every request to it carries. */
export interface GitRemote {
  /** `https://<host>/<owner>/<name>.git`, without credentials. */
  readonly url: string
  /** The token stands here and nowhere else; `toGitHeaders` makes them. */
  readonly headers: Readonly<Record<string, string>>
  readonly http: HttpExchange
}

/**
 * The headers that GitHub's git servers know a token by: Basic, whatever the kind of token.
 * The value is another spelling of the token, so whoever masks the token has to mask it, too.
 */
export function toGitHeaders(token: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`x-access-token:${token}`, 'utf8').toString('base64')}` }
}
