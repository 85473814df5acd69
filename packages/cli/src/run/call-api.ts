import { UserError } from '@switchyard/core'
import { z } from 'zod'
import type { OpenRepositories } from './open-repositories.ts'

export interface ApiCall {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly body: unknown
}

const refusal = z.object({ message: z.string() })

/** Asks the embedded GitHub as the actor. @throws {UserError} `EVENT_REFUSED` with GitHub's own words. */
export async function callApi(
  { github, token }: Pick<OpenRepositories, 'github' | 'token'>,
  { method, path, body }: ApiCall,
): Promise<void> {
  const response = await fetch(`${github.apiUrl}${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `bearer ${token}` },
  })
  if (response.ok) return
  const parsed = refusal.safeParse(await response.json().catch(() => undefined))
  throw new UserError('EVENT_REFUSED', `GitHub would answer ${response.status}: ${parsed.data?.message ?? 'no message'}`, {
    hint: `Asked: ${method} ${path}`,
  })
}
