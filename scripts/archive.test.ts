import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readActionNames, root } from './repository.ts'

const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' })

/** The files that `git archive` of a tag would hold: tracked or new, without what `.gitattributes` keeps out. */
function listArchive(): readonly string[] {
  const files = git('ls-files', '--cached', '--others', '--exclude-standard', '-z')
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))
  // A folder that is kept out keeps out what is below it: git asks for each of them.
  const folders = [...new Set(files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))))]
  const answers = execFileSync('git', ['check-attr', '-z', '--stdin', 'export-ignore'], {
    cwd: root,
    input: folders.join('\0'),
    encoding: 'utf8',
  }).split('\0')
  const ignored = new Set(folders.filter((_, at) => answers[at * 3 + 2] === 'set'))
  return files.filter((file) => !file.split('/').some((_, at, parts) => ignored.has(parts.slice(0, at + 1).join('/'))))
}

const runs = z.object({ runs: z.object({ main: z.string(), pre: z.string().optional(), post: z.string().optional() }) })

/** What a script loads from beside itself while it runs. */
function findLoaded(action: string, script: string): readonly string[] {
  const file = join(root, 'actions', action, script)
  if (!existsSync(file)) return []
  const names = [...readFileSync(file, 'utf8').matchAll(/\bimport\(["'`]\.\/([\w.-]+)["'`]\)/g)].map(([, name = '']) => name)
  return [...new Set(names)].map((name) => join(dirname(script), name))
}

test('the archive of a tag holds what every action runs', () => {
  const files = new Set(listArchive())
  for (const name of readActionNames()) {
    const manifest = runs.parse(parse(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8')))
    const scripts = Object.values(manifest.runs).filter((value): value is string => value?.endsWith('.js') === true)
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of [...scripts, ...scripts.flatMap((main) => findLoaded(name, main)), 'action.yml', 'README.md']) {
      expect(files).toContain(join('actions', name, script).replaceAll('\\', '/'))
    }
  }
})

test('and little else', () => {
  const others = listArchive().filter((file) => !/^actions\/[^/]+\/(action\.yml|README\.md|dist\/.+)$/.test(file))
  expect([...others].sort()).toEqual(['LICENSE', 'README.md', 'SECURITY.md'])
})
