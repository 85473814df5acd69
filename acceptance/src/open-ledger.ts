import { GitHubError, isJsonObject } from '@switchyard/core'
import { GithubStore } from '@switchyard/ledger'
import type { LocalGitHub } from '@switchyard/local-github'

/** A ledger's branch as its owner sees it, to look into after the fact. */
export function openLedger(
  github: LocalGitHub,
  { repository, branch, token }: { readonly repository: string; readonly branch: string; readonly token: string },
): GithubStore {
  const send = async (url: string, method: string, body?: unknown): Promise<{ status: number; data: unknown }> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const data: unknown = await response.json()
    if (!response.ok) {
      throw new GitHubError('GITHUB_UNEXPECTED', `${method} answered ${response.status}`, { status: response.status, route: method })
    }
    return { status: response.status, data }
  }
  return new GithubStore({
    repository,
    branch,
    async graphql(query, variables) {
      const { data } = await send(github.graphqlUrl, 'POST', { query, variables })
      if (!isJsonObject(data)) throw new TypeError('GraphQL answers an object')
      const errors = Array.isArray(data.errors) ? data.errors : []
      return { data: isJsonObject(data.data) ? data.data : {}, errors }
    },
    rest(route, parameters) {
      const [method = 'GET', template = ''] = route.split(' ')
      const used = new Set<string>()
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        used.add(name)
        return String(parameters[name])
      })
      const others = Object.entries(parameters).filter(([name]) => !used.has(name))
      if (method !== 'GET') return send(`${github.apiUrl}${path}`, method, Object.fromEntries(others))
      const query = new URLSearchParams(others.map(([name, value]): [string, string] => [name, String(value)]))
      return send(`${github.apiUrl}${path}?${query}`, method)
    },
  })
}
