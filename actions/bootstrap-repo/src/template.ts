import type { TemplateRef } from '@switchyard/bootstrapping'
import { splitFullName, UserError } from '@switchyard/core'
import type { Template } from '@switchyard/workspace'
import type { Door } from './door.ts'
import { READ_CONTENTS } from './reach.ts'

/**
 * A template's files at its tag.
 *
 * @throws {UserError} `TEMPLATE_…` for one that is not there or cannot be used; every unsafe path is named.
 */
export async function readTemplateAt(door: Door, { repository, version }: TemplateRef): Promise<Template> {
  const [{ readTemplate, toGitHeaders }, { checkTree }] = await Promise.all([import('@switchyard/workspace'), import('@switchyard/bootstrapping/recipe')])
  const { token } = await door.reach.credentialFor(splitFullName(repository).owner, READ_CONTENTS)
  const template = await readTemplate({ url: gitUrl(door, repository), headers: token === '' ? {} : toGitHeaders(token), http: door.connection, tag: version })
  const faults = checkTree(template.tree)
  const [first] = faults
  if (first === undefined) return template
  throw new UserError('TEMPLATE_UNSAFE', `The template ${repository}@${version} cannot be used: ${first.message}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}`, {
    hint: first.hint ?? 'Mend the template, and give it a new tag.',
    faults: faults.slice(0, 100),
    context: { fault: first.code },
  })
}

export function gitUrl({ given: { context } }: Pick<Door, 'given'>, repository: string): string {
  return `${context.serverUrl}/${repository}.git`
}
