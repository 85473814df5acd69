import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

/**
 * `hashFiles()`: one SHA-256 over those of the files below a folder that match, or nothing if none does. A pattern with `!`
 * takes back, and one that matches a folder means everything in it. Files are taken in the order of their paths, so that the
 * hash is the same on every machine.
 *
 * Source: docs.github.com, "Expressions", hashFiles; actions/toolkit, `glob`.
 */
export function hashFilesIn(folder: string, patterns: readonly string[]): string {
  const chosen = new Set<string>()
  const all = listFiles(folder)
  for (const pattern of patterns.flatMap((each) => each.split('\n')).map((each) => each.trim())) {
    if (pattern === '' || pattern.startsWith('#')) continue
    const matcher = toMatcher(pattern.replace(/^!/, '').replace(`${folder}/`, '').replace(/^\.\//, ''))
    for (const path of all.filter((each) => matcher.test(each))) {
      if (pattern.startsWith('!')) chosen.delete(path)
      else chosen.add(path)
    }
  }
  const files = [...chosen].filter((path) => statSync(join(folder, path)).isFile()).sort()
  if (files.length === 0) return ''
  const hash = createHash('sha256')
  for (const path of files) {
    hash.update(
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

/** What is no folder, by its path with `/`. */
function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
}

/** `**` is any number of folders, `*` and `?` and `[…]` stay within one; names that begin with a dot are like others. */
function toMatcher(pattern: string): RegExp {
  const parts = pattern
    .replace(/\/+$/, '')
    .split('/')
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${toSource(part)}/`))
  return new RegExp(`^${parts.join('')}`.replace(/\/$/, '(?:/.*)?$'))
}

function toSource(part: string): string {
  return part.replaceAll(/\*+|\?|\[!?[^\]]+\]|[\\^$.|+(){}[\]]/g, (token) => {
    if (token.startsWith('*')) return '[^/]*'
    if (token === '?') return '[^/]'
    return token.length > 1 ? token.replace('[!', '[^').replaceAll('\\', '\\\\') : `\\${token}`
  })
}
