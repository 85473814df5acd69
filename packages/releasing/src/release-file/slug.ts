import { RELEASES_FOLDER } from '../files/folders.ts'
import { MAX_ID_LENGTH } from '../files/limits.ts'
import { nameCharacter } from '../files/quote.ts'
import { isReserved } from '../files/reserved.ts'

/** The slug that a path of the repository names: `release/releases/<slug>.yml`, undefined for any other path. The slug may be bad. */
export function findReleaseSlug(path: string): string | undefined {
  if (!path.startsWith(`${RELEASES_FOLDER}/`) || !path.endsWith('.yml')) return undefined
  const slug = path.slice(RELEASES_FOLDER.length + 1, -'.yml'.length)
  return slug === '' || slug.includes('/') ? undefined : slug
}

/** Where the file of a release stands in its repository. */
export function releaseFilePath(slug: string): string {
  return `${RELEASES_FOLDER}/${slug}.yml`
}

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
