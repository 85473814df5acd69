import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { treeOf } from './change-tree.ts'
import { findPathFault } from './check-path.ts'
import { checkTree } from './check-tree.ts'
import type { FileMode, FileTree } from './file-tree.ts'
import { textFile } from './text.ts'

const tree = (...paths: string[]): FileTree => treeOf(paths.map((path) => [path, textFile('x')]))
const withLinks = (links: Record<string, string>, ...paths: string[]): FileTree =>
  treeOf([
    ...paths.map((path) => [path, textFile('x')] as const),
    ...Object.entries(links).map(([path, target]) => [path, textFile(target, '120000' satisfies FileMode)] as const),
  ])
const codes = (of: FileTree): string[] => checkTree(of).map(({ code }) => code)

describe('names of real projects are sound', () => {
  test.each([
    'app/[id]/page.tsx',
    'app/(shop)/@modal/[...slug]/page.tsx',
    'src/routes/+page.svelte',
    'docs/Read me first.md',
    'docs/日本語/説明書.md',
    'docs/Grüße & Küsse.md',
    '.github/workflows/ci.yml',
    '.gitignore',
    '.gitattributes',
    '.git-blame-ignore-revs',
    'git/config',
    'git~name',
    'a..b/...c',
    'emoji/👩‍💻.md',
    'x/$env:PATH;rm -rf.txt',
    'notes/a:b.md',
    '…/…',
    `${'n'.repeat(255)}/a`,
  ])('%s', (path) => expect(checkTree(tree(path))).toEqual([]))
})

describe('hostile paths are each refused by their own code', () => {
  test.each([
    ['/etc/passwd', 'path-absolute'],
    ['C:/Windows/x', 'path-absolute'],
    ['c:x', 'path-absolute'],
    ['../x', 'path-parent'],
    ['a/../../x', 'path-parent'],
    ['a/..', 'path-parent'],
    ['a/.. /x', 'path-parent'],
    ['a/... ', 'path-parent'],
    ['a/. ', 'path-dot-segment'],
    ['a/ /b', 'path-empty'],
    ['\u200b', 'path-empty'],
    ['a/.\u200d./x', 'path-parent'],
    ['./x', 'path-dot-segment'],
    ['a/./x', 'path-dot-segment'],
    ['', 'path-empty'],
    ['a//b', 'path-empty'],
    ['a/', 'path-empty'],
    ['.git/config', 'path-git'],
    ['.GIT/config', 'path-git'],
    ['sub/.Git/hooks/post-checkout', 'path-git'],
    ['.git', 'path-git'],
    ['.git /x', 'path-git'],
    ['.git./x', 'path-git'],
    ['.git . ./x', 'path-git'],
    ['.git::$INDEX_ALLOCATION/x', 'path-git'],
    ['.git:$data', 'path-git'],
    ['GIT~1/x', 'path-git'],
    ['git~2', 'path-git'],
    ['.g\u200cit/x', 'path-git'],
    ['.gi\u200dt/x', 'path-git'],
    ['\ufeff.git/x', 'path-git'],
    ['.ｇit/x', 'path-git'],
    ['.g\u202eit/x', 'path-control-character'],
    ['a\\b', 'path-backslash'],
    ['..\\x', 'path-backslash'],
    ['a\nb', 'path-newline'],
    ['a\r', 'path-newline'],
    ['a\u2028b', 'path-newline'],
    ['a\u0000b', 'path-control-character'],
    ['a\u007f', 'path-control-character'],
    ['a\u009b1m', 'path-control-character'],
    ['a\tb', 'path-control-character'],
    ['txt\u202egnp.exe', 'path-control-character'],
    ['a\ud800', 'path-not-unicode'],
    ['n'.repeat(256), 'name-too-long'],
    ['é'.repeat(128), 'name-too-long'],
    [`${`${'n'.repeat(250)}/`.repeat(17)}x`, 'path-too-long'],
    [`${'a/'.repeat(128)}x`, 'path-too-deep'],
  ] as const)('%j is %s', (path, code) => expect(findPathFault(path)?.code).toBe(code))

  test('a message shows what cannot be seen, and cannot break out of its quotes', () => {
    expect(findPathFault('a`\n\u202e')?.message).toBe('The path `a\\u{60}\\u{a}\\u{202e}` holds a line break.')
  })
})

describe('names that fall together', () => {
  test.each([
    [['README.md', 'readme.md']],
    [['Straße', 'STRASSE']],
    [['\u00e9', 'e\u0301']],
    [['K', '\u212a']],
    [['Σ', 'ς']],
    [['Docs/a.md', 'docs/b.md']],
    [['docs', 'DOCS/a.md']],
  ])('%j', (paths) => expect(codes(tree(...paths))).toEqual(['names-differ-in-case']))

  test('a folder in two spellings is told once, however many files it has', () => {
    const paths = Array.from({ length: 50 }, (_, index) => [`Docs/${index}`, `docs/${index + 100}`]).flat()
    expect(codes(tree(...paths))).toEqual(['names-differ-in-case'])
  })

  test('a file cannot be a folder as well', () => {
    expect(codes(tree('a', 'a/b', 'a/c'))).toEqual(['file-and-folder'])
    expect(codes(tree('a/b', 'a/b/c/d'))).toEqual(['file-and-folder'])
  })
})

describe('symbolic links', () => {
  test.each([
    ['to a file', withLinks({ 'CLAUDE.md': 'AGENTS.md' }, 'AGENTS.md')],
    ['up and down inside the tree', withLinks({ 'docs/a/README.md': '../../README.md' }, 'README.md')],
    ['to a folder', withLinks({ current: 'versions/2' }, 'versions/2/a')],
    ['through another link', withLinks({ a: 'b', b: 'c' }, 'c')],
    ['to what is not there', withLinks({ a: 'b/c' })],
    ['to its own folder', withLinks({ 'a/self': '.' }, 'a/b')],
  ])('%s is sound', (_, sound) => expect(checkTree(sound)).toEqual([]))

  test.each([
    ['link-absolute', { a: '/etc/passwd' }],
    ['link-absolute', { a: 'C:/x' }],
    ['link-leaves-tree', { a: '..' }],
    ['link-leaves-tree', { 'a/b': '../../x' }],
    ['link-leaves-tree', { a: 'b/../../x' }],
    ['link-loop', { a: 'a' }],
    ['link-into-git', { a: '.git/config' }],
    ['link-into-git', { 'x/a': '../.GIT/hooks' }],
    ['link-not-a-path', { a: '' }],
    ['link-not-a-path', { a: 'x\ny' }],
    ['link-not-a-path', { a: '..\\x' }],
    ['link-not-a-path', { a: 'x'.repeat(1025) }],
    ['link-special-file', { '.gitmodules': 'x' }],
    ['link-special-file', { 'sub/.GITATTRIBUTES': 'x' }],
  ])('%s: %j', (code, links) => expect(codes(withLinks(links))).toEqual([code]))

  test('two links in a circle are both told', () => {
    expect(codes(withLinks({ a: 'b', b: 'a' }))).toEqual(['link-loop', 'link-loop'])
  })

  test('a chain that leaves at its end is told for every link of it', () => {
    expect(codes(withLinks({ a: 'deep/b', 'deep/b': '../../x' }))).toEqual(['link-leaves-tree', 'link-leaves-tree'])
  })

  test('a step up is taken from where a link leads, not from where it stands, in any case', () => {
    expect(codes(withLinks({ top: '.', a: 'top/../x' }))).toEqual(['link-leaves-tree'])
    expect(codes(withLinks({ top: '.', a: 'TOP/../x' }))).toEqual(['link-leaves-tree'])
  })

  test('nothing lies below a link', () => {
    expect(codes(withLinks({ a: 'b' }, 'a/x', 'b/y'))).toEqual(['below-link'])
  })

  test('links that grow at each step end soon', () => {
    const doubled = Array.from({ length: 10 }, (_, index) => [`d/l${index + 1}`, `l${index}/l${index}`])
    const loops = codes(withLinks({ 'd/l0': '.', ...Object.fromEntries(doubled) }))
    expect(loops).toEqual(Array.from({ length: 6 }, () => 'link-loop'))
  })
})

describe('caps', () => {
  const many = (count: number): FileTree => tree(...Array.from({ length: count }, (_, index) => `f${index}`))

  test('5,000 files are allowed, one more is not', () => {
    expect(codes(many(5_000))).toEqual([])
    expect(codes(many(5_001))).toEqual(['too-many-files'])
  })

  test('50 MB are allowed, one byte more is not', () => {
    const half = { mode: '100644' as const, content: new Uint8Array(25 * 1024 * 1024) }
    const full = new Map([
      ['a', half],
      ['b', half],
    ])
    expect(codes(full)).toEqual([])
    expect(codes(new Map([...full, ['c', textFile('x')]]))).toEqual(['tree-too-large'])
  })
})

test('a path that passes never resolves outside, nor into .git, on any system', () => {
  const name = fc.oneof(fc.constantFrom('..', '.', '.git', 'GIT~1', '.git ', '', 'a', '\\', '..\\..', 'C:'), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const path = names.join('/')
      if (findPathFault(path) !== undefined) return
      for (const part of path.split(/[\\/]/)) {
        expect(part).not.toMatch(/^ *$/)
        expect(['.', '..', '.git', 'git~1']).not.toContain(part.toLowerCase().replace(/[ .]+$/, '') || '.')
      }
      expect(new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///root/').pathname.startsWith('/root/')).toBe(true)
    }),
  )
})
