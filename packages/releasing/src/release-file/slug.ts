import { MAX_ID_LENGTH } from '../files/limits.ts'
import { nameCharacter } from '../files/quote.ts'
import { isReserved } from '../files/reserved.ts'

/**
 * What is wrong with a release's slug, as the end of "… is no name for a release: "; undefined when it is sound. Sound slugs can be told
 * apart on every file system, and typed as one word of a command, in a path, and in the name of a check run.
 */
export function findSlugFault(slug: string): string | undefined {
  if (slug === '') return 'it is empty'
  if (slug.length > MAX_ID_LENGTH) return `it is longer than ${MAX_ID_LENGTH} characters`
  const foreign = /[^a-z0-9.-]/u.exec(slug)?.[0]
  if (foreign !== undefined) return `it holds ${/[A-Z]/.test(foreign) ? 'capitals' : nameCharacter(foreign)}`
  if (slug.includes('..')) return 'it holds `..`'
  if (!/^[a-z0-9].*$/.test(slug) || !/[a-z0-9]$/.test(slug)) return 'it begins or ends with a dot or dash'
  if (isReserved(slug)) return 'programs keep it for themselves'
  return undefined
}
