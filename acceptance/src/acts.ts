import { isJsonObject, type JsonObject } from '@switchyard/core'
import type { LocalGitHub } from '@switchyard/local-github'

/** A request to the REST API. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** What a request of a token's is answered. @throws {Error} for any refusal. */
export async function sendTo({ apiUrl }: LocalGitHub, token: string, { method, path, body }: Asked): Promise<unknown> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { authorization: `bearer ${token}` },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const data: unknown = response.status === 204 ? undefined : await response.json()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(data)}`)
  return data
}

/** The event that an act of somebody's sends: of all that others send meanwhile, the one that is about what the act was answered. */
export async function eventOf({ world }: LocalGitHub, name: string, act: () => Promise<unknown>): Promise<JsonObject> {
  const seen: unknown[] = []
  const stop = world.onEvent((event) => {
    if (event.name === name) seen.push(JSON.parse(JSON.stringify(event.payload)))
  })
  const answer = await act()
  stop()
  const payload = seen.filter(isJsonObject).findLast((each) => isAbout(each[name === 'issues' ? 'issue' : 'comment'], answer))
  if (payload === undefined) throw new Error(`No event ${name} was sent`)
  return payload
}

function isAbout(told: unknown, answer: unknown): boolean {
  return isJsonObject(told) && isJsonObject(answer) && told['id'] === answer['id'] && told['body'] === answer['body']
}

/** Texts of an issue's comments, in their order. */
export function textsOf({ world }: LocalGitHub, repository: string, number: number): readonly string[] {
  const { id } = world.repository(repository)
  const found = [...world.state.issues.values()].find((each) => each.repositoryId === id && each.number === number)
  return [...world.state.comments.values()].filter((comment) => comment.issueId === found?.id).map(({ body }) => body)
}
