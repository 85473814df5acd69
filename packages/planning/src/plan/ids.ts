import { sha256 } from '@switchyard/core'
import type { Level } from '../model.ts'

export const MAX_ID_LENGTH = 60
const ID = /^[a-z0-9][a-z0-9-]{0,59}$/
const HASH_LENGTH = 8

/** Whether a text can name a node: `a` to `z`, digits and `-`, 60 at the most, not beginning with `-`. */
export function isId(text: string): boolean {
  return ID.test(text)
}

/**
 * An id from a title: the same title always gives the same one, whatever stands around it. What the letters a to z and digits cannot say,
 * and what is too long, is told apart by a hash.
 */
export function idOf(title: string, level: Level): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  const slug = slugOf(plain)
  const isWhole = slug !== '' && !/[^\P{L}a-z]|[^\P{N}0-9]/u.test(plain)
  if (isWhole && slug.length <= MAX_ID_LENGTH) return slug
  const hash = sha256(title.normalize('NFC')).slice(0, HASH_LENGTH)
  const start = slug.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1).replace(/-+$/, '')
  return `${start === '' ? level : start}-${hash}`
}

function slugOf(plain: string): string {
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}

/** Parent's and own id as one, where they fit. */
export function joinIds(parent: string, own: string): string {
  const joined = `${parent}-${own}`
  if (joined.length <= MAX_ID_LENGTH) return joined
  return `${own.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1).replace(/-+$/, '')}-${sha256(joined).slice(0, HASH_LENGTH)}`
}
