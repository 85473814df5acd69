import { UserError } from '@switchyard/core'

/** Whether a text can name a release: it becomes part of paths, and of the ledger's names. Source: `findSlugFault`, whose rules a test holds this to. */
export function isSlug(text: string): boolean {
  return text.length <= 64 && /^(?!.*\.\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(text) && !(text in {})
}

/** @throws {UserError} `REQUEST_INVALID` for an input `release` that is no slug. */
export function requireSlug(release: string): string {
  if (isSlug(release)) return release
  throw new UserError('REQUEST_INVALID', 'The input `release` is no release’s slug.', {
    hint: 'It is the name of its file without the ending: lower-case letters, digits, dots and dashes.',
  })
}
