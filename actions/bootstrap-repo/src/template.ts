import type { TemplateRef } from '@switchyard/bootstrapping'
import { splitFullName, UserError } from '@switchyard/core'
import type { GitRemote, Patience, Template } from '@switchyard/workspace'
import type { Door } from './door.ts'
import { FRESH_MS } from './limits.ts'
import { READ_CONTENTS } from './reach.ts'

/**
 * A template's files at its tag.
 *
 * @throws {UserError} `TEMPLATE_…` for one that is not there or cannot be used; every unsafe path is named.
 */
export async function readTemplateAt(door: Door, { repository, version }: TemplateRef): Promise<Template> {
  const [{ readTemplate }, { checkTree }] = await Promise.all([import('@switchyard/workspace'), import('@switchyard/bootstrapping/recipe')])
  const { token } = await door.reach.credentialFor(splitFullName(repository).owner, READ_CONTENTS)
  const template = await readTemplate({ ...(await gitRemote(door, { repository, token })), tag: version })
  const faults = checkTree(template.tree)
  const [first] = faults
  if (first === undefined) return template
  throw new UserError(
    'TEMPLATE_UNSAFE',
    `The template ${repository}@${version} cannot be used: ${first.message}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}`,
    {
      hint: first.hint ?? 'Mend the template, and give it a new tag.',
      faults: faults.slice(0, 100),
      context: { fault: first.code },
    },
  )
}

/** A repository by git; limits and lost reads are waited out. An empty token asks as nobody. */
export async function gitRemote(
  door: Door,
  { repository, token }: { readonly repository: string; readonly token: string },
): Promise<GitRemote> {
  const { toGitHeaders, withRepeats } = await import('@switchyard/workspace')
  return {
    url: `${door.given.context.serverUrl}/${repository}.git`,
    headers: token === '' ? {} : toGitHeaders(token),
    http: withRepeats(door.connection, patienceOf(door)),
  }
}

/** How long git is asked again. */
export function patienceOf({ given: { io } }: Door): Patience {
  return { limitMs: FRESH_MS, now: io.now, sleep: io.sleep, random: io.random }
}
