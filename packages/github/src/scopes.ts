/** A classic token's scopes, as the header `x-oauth-scopes` lists them. An empty header is a token without any; no header is another kind of token. */
export function parseScopes(header: string | undefined): readonly string[] | undefined {
  return header
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
}
