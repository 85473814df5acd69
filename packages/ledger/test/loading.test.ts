import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** Modules that are evaluated when one is imported: its imports that are neither types nor dynamic, and theirs. */
async function evaluatedWith(url: URL, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(url.href)) return seen
  seen.add(url.href)
  const source = await readFile(url, 'utf8')
  for (const [, specifier = ''] of source.matchAll(/^(?:import|export) (?!type)[^;]*?from '([^']+)'/gm)) {
    if (specifier.startsWith('.')) await evaluatedWith(new URL(specifier, url), seen)
    else seen.add(specifier)
  }
  return seen
}

it('reaches no schema before the first request is on its way', async () => {
  const modules = [...(await evaluatedWith(new URL('../src/index.ts', import.meta.url)))]
  expect(modules.some((name) => name.endsWith('/src/ledger.ts'))).toBe(true)
  expect(modules).not.toContain('zod')
  expect(modules.filter((name) => /\/(loop|transact|github-commit|loaded)\.ts$/.test(name))).toEqual([])
})
