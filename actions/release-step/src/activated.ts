import type { ParsedComment } from '@switchyard/commands'
import { isSlug } from './slug.ts'

/** The release that a comment begins: commands alone say so, and no code, quote or list. */
export function findActivated({ commands }: ParsedComment): string | undefined {
  for (const { family, tokens } of commands) {
    const [name, slug] = tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []))
    if (family === 'release' && name?.toLowerCase() === 'activate' && slug !== undefined && isSlug(slug)) return slug
  }
  return undefined
}
