import type { TemplateRef } from '../model.ts'
import type { BootstrapIndex } from './records/state.ts'

export interface MovedTag {
  readonly code: 'TEMPLATE_MOVED'
  readonly message: string
  readonly hint: string
}

/** Whether a template's tag is another commit than when it was last used; undefined when it is not, or never was used. */
export function findMovedTag(
  { tags }: Pick<BootstrapIndex, 'tags'>,
  { repository, version, commit }: TemplateRef & { readonly commit: string },
): MovedTag | undefined {
  const tag = `${repository}@${version}`
  const known = tags[tag.toLowerCase()]
  if (known === undefined || known === commit) return undefined
  return {
    code: 'TEMPLATE_MOVED',
    message: `${tag} was ${known.slice(0, 12)} when it was last used, and is ${commit.slice(0, 12)} now.`,
    hint: 'A tag that moves is no version. Find out who moved it; take it as it is now with `repin`.',
  }
}
