import { RequestError } from '@octokit/request-error'
import { combineSelections, isJsonObject, type Selection, SwitchyardError } from '@switchyard/core'
import { readFailure, readGraphqlErrors } from './failure.ts'
import { API_VERSION, createOctokit } from './octokit.ts'
import { type Asked, toGitHubError } from './to-github-error.ts'
import type { GitHub, GitHubOptions, GitHubResponse, RequestOptions, Selected } from './types.ts'

/** What goes to Octokit beside the route. */
interface Sending {
  readonly asked: Asked
  readonly idempotent: boolean
  readonly headers: Readonly<Record<string, string>>
}

/** A GitHub as one credential sees it. Cheap to make; what is costly is shared through the connection. */
export function createGitHub(options: GitHubOptions): GitHub {
  const { octokit, rateLimits } = createOctokit(options)
  const { connection } = options

  const send = async (route: string, parameters: Readonly<Record<string, unknown>>, sending: Sending): Promise<GitHubResponse> => {
    try {
      const answer: { status: number; data: unknown; headers: Headers } = await octokit.request(route, {
        ...parameters,
        headers: { accept: 'application/vnd.github+json', 'x-github-api-version': API_VERSION, ...sending.headers },
        request: { idempotent: sending.idempotent },
      })
      return { status: answer.status, data: answer.data, headers: textHeaders(answer.headers) }
    } catch (thrown) {
      if (thrown instanceof SwitchyardError) throw thrown
      const failure = thrown instanceof RequestError ? readFailure(thrown) : UNREADABLE
      throw toGitHubError(failure, sending.asked, { serverNow: connection.serverNow(), cause: thrown })
    }
  }

  const request = (
    route: string,
    parameters: Readonly<Record<string, unknown>> = {},
    wishes: RequestOptions = {},
  ): Promise<GitHubResponse> =>
    send(route, parameters, {
      asked: { route, subject: subjectOf(parameters) },
      idempotent: wishes.idempotent ?? /^(GET|HEAD) /.test(route),
      headers: wishes.headers ?? {},
    })

  const graphql: GitHub['graphql'] = async (document, variables, wishes = {}) => {
    const asked = { route: 'POST /graphql', subject: undefined }
    const idempotent = wishes.idempotent ?? isQuery(document)
    const { status, data, headers } = await send(
      `POST ${options.graphqlUrl}`,
      { query: document, variables },
      { asked, idempotent, headers: {} },
    )
    if (!isJsonObject(data) || (!('data' in data) && !Array.isArray(data['errors']))) {
      throw toGitHubError({ kind: 'unexpected', status, headers, data }, asked, { serverNow: connection.serverNow(), cause: undefined })
    }
    return { data: isJsonObject(data['data']) ? data['data'] : {}, errors: readGraphqlErrors(data) }
  }

  function select<const S extends readonly Selection<unknown>[]>(selections: S): Promise<Selected<S>>
  async function select(selections: readonly Selection<unknown>[]): Promise<readonly unknown[]> {
    const { document, variables } = combineSelections(selections)
    const { data, errors } = await graphql(document, variables, { idempotent: true })
    return selections.map((selection) => selection.parse(data, errors))
  }

  async function* pages(route: string, parameters: Readonly<Record<string, unknown>> = {}): AsyncGenerator<GitHubResponse, void, void> {
    for (let page = 1; ; page++) {
      const answer = await request(route, { per_page: 100, ...parameters, page })
      yield answer
      if (!/<[^<>]*>;\s*rel="next"/.test(answer.headers['link'] ?? '')) return
    }
  }

  return {
    request,
    graphql,
    select,
    pages,
    serverNow: () => connection.serverNow(),
    rateLimits,
  }
}

/** An answer that Octokit itself could not read. */
const UNREADABLE = { kind: 'unexpected', status: 0, headers: {}, data: undefined } as const

/** A query changes nothing, so asking twice is asking once. A document without a keyword is a query, too. */
function isQuery(document: string): boolean {
  return /^\s*(query\b|\{)/.test(document)
}

function subjectOf(parameters: Readonly<Record<string, unknown>>): string | undefined {
  const { owner, repo, org, username } = parameters
  if (typeof owner === 'string' && typeof repo === 'string') return `${owner}/${repo}`
  return [owner, org, username].find((name) => typeof name === 'string')
}

type Headers = Readonly<Record<string, string | number | undefined>>

function textHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}
