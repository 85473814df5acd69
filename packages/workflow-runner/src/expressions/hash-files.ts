import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `hashFiles()`: one SHA-256 over those of the files below a folder that match, or nothing if none does. A pattern with `!`
 * takes back. Files are taken in the order of their paths, so that the hash is the same on every machine.
 */
export function hashFilesIn(folder: string, patterns: readonly string[]): string {
  const matches = (pattern: string): readonly string[] => globSync(pattern.replace(/^!?(\.\/)?/, ''), { cwd: folder })
  const chosen = new Set<string>()
  for (const pattern of patterns.flatMap((each) => each.split('\n')).map((each) => each.trim()).filter((each) => each !== '')) {
    for (const path of matches(pattern)) if (pattern.startsWith('!')) chosen.delete(path); else chosen.add(path)
  }
  const files = [...chosen].filter((path) => statSync(join(folder, path)).isFile()).sort()
  if (files.length === 0) return ''
  const all = createHash('sha256')
  for (const path of files) all.update(createHash('sha256').update(readFileSync(join(folder, path))).digest())
  return all.digest('hex')
}
