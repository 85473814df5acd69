import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleEntry } from './bundle.ts'
import type { Bundle } from './bundle.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const root = join(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'bundle-test-'))

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function run(bundle: Bundle, name: string): string {
  const folder = join(scratch, name)
  mkdirSync(folder)
  for (const [file, content] of bundle) writeFileSync(join(folder, file), content)
  return execFileSync(process.execPath, [join(folder, 'index.js')], { encoding: 'utf8' })
}

/** Short, so that a failure does not print two whole bundles. */
const digest = (bundle: Bundle | undefined): string =>
  [...(bundle ?? [])].map(([file, content]) => `${file} ${hash('sha256', content)}`).join('\n')

describe('a bundle', () => {
  let bundle: Bundle
  let output: string
  beforeAll(async () => {
    bundle = await bundleEntry({ entry: join(fixtures, 'entry.ts') })
    output = run(bundle, 'plain')
  })

  test('is what runs at once and what is loaded late, with their type and their licences beside them', () => {
    expect([...bundle.keys()]).toEqual(['index.js', 'late.js', 'licenses.txt', 'package.json'])
  })

  test('loads and runs what is imported late only when it is reached', () => {
    expect(output).toContain('before: 0\nafter: 1\nparsed: {"a":[1]}\n')
    expect(bundle.get('index.js')).not.toContain('YAMLParseError')
    expect(bundle.get('late.js')).toContain('YAMLParseError')
  })

  test('has each module once: what both files use is the same in both', () => {
    expect(output).toContain('late error is ours: true')
  })

  test('imports nothing but its other file: Node’s own modules are asked of the process', () => {
    const imports = ['index.js', 'late.js'].flatMap((file) => [
      ...(bundle.get(file) ?? '').matchAll(/\bimport\b[^;]{0,80}?["'`]([^"'`]+)["'`]/g),
    ])
    expect(new Set(imports.map(([, from]) => from))).toEqual(new Set(['./index.js', './late.js']))
    expect(bundle.get('index.js')).not.toContain('createRequire')
  })

  test('keeps the names of functions, which stack traces tell', () => {
    expect(bundle.get('index.js')).toContain('function namedInTraces(')
  })

  test('of an entry that loads nothing late is one file', async () => {
    const alone = await bundleEntry({ entry: join(fixtures, 'partly-used.ts') })
    expect([...alone.keys()]).toEqual(['index.js', 'licenses.txt', 'package.json'])
  })

  test('loads the crypto module at its first call', () => {
    expect(output).toContain('crypto loaded at start: false')
    expect(output).toContain('hash: 2d711642')
  })

  test('keeps the names of classes', () => {
    expect(output).toContain('error: NamedByItsClass')
  })

  test('leaves out what nobody imports from, and names only packages whose code is inside', () => {
    expect(output).not.toContain('a module that nobody imports from ran')
    expect(bundle.get('licenses.txt')).toMatch(/^yaml \d/)
    expect(bundle.get('licenses.txt')).not.toContain('zod')
  })

  test('keeps a module with side effects that is named', async () => {
    const kept = await bundleEntry({ entry: join(fixtures, 'entry.ts'), keepSideEffects: [/announces-itself\.ts$/] })
    expect(run(kept, 'kept')).toContain('a module that nobody imports from ran')
  })

  test('is the same byte for byte from two folders', async () => {
    const copies = ['one', 'another/deeper'].map((name) => {
      const folder = join(scratch, name)
      cpSync(fixtures, folder, { recursive: true })
      for (const dependency of ['yaml', 'zod']) {
        cpSync(realpathSync(join(root, 'node_modules', dependency)), join(folder, 'node_modules', dependency), { recursive: true })
      }
      return folder
    })
    const [first, second] = await Promise.all(copies.map((folder) => bundleEntry({ entry: join(folder, 'entry.ts') })))
    expect(digest(first)).toBe(digest(bundle))
    expect(digest(second)).toBe(digest(bundle))
  })
})

test.each([
  ['an import that leads nowhere', `import { absent } from './is-not-there.ts'\nabsent()`, /is-not-there\.ts/],
  ['a class of a module that is loaded late', `import { Hash } from 'node:crypto'\nnew Hash('sha256')`, /Hash/],
  ['a top-level await', `await Promise.resolve()`, /top-level await/],
])('%s stops the build', async (name, source, message) => {
  const entry = join(scratch, `${name.replaceAll(' ', '-')}.ts`)
  writeFileSync(entry, source)
  await expect(bundleEntry({ entry })).rejects.toThrow(message)
})

test('what changes after the late file got it stops the build', async () => {
  await expect(bundleEntry({ entry: join(fixtures, 'changes-later.ts') })).rejects.toThrow(/exports what changes later: count/)
})
