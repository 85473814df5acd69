import { effortOf } from '@switchyard/core/effort'
import { describe, expect, test } from 'vitest'
import { scene, textAt, treeWith } from '../../../test/scenes.ts'
import { withFile } from '../../tree/change-tree.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { textFile } from '../../tree/text.ts'
import { applyAction, type PureStep } from '../apply-action.ts'
import type { Outcome } from '../outcome.ts'

const apply = (tree: FileTree, step: PureStep): Outcome => applyAction(tree, step, scene)
const link = (target: string) => textFile(target, '120000')

/** The tree's text at a path after an action that must have worked. */
function after(tree: FileTree, step: PureStep, path: string): string | undefined {
  const outcome = apply(tree, step)
  if (!outcome.ok) throw new Error(outcome.fault.message)
  return textAt(outcome.tree, path)
}

function faultOf(tree: FileTree, step: PureStep): { code: string; message: string; hint: string | undefined } {
  const outcome = apply(tree, step)
  if (outcome.ok) throw new Error(`it worked: ${outcome.summary}`)
  const { code, message, hint } = outcome.fault
  return { code, message, hint }
}

function statusOf(tree: FileTree, step: PureStep): string {
  const outcome = apply(tree, step)
  return outcome.ok ? outcome.status : outcome.fault.code
}

describe('COPY_FILE', () => {
  const step: PureStep = { kind: 'COPY_FILE', params: { source: 'a.sh', dest: 'bin/b.sh' } }

  test('copies bytes and mode, and a second time does nothing', () => {
    const script = { mode: '100755' as const, content: new Uint8Array([0, 255]) }
    const outcome = apply(new Map([['a.sh', script]]), step)
    expect(outcome.ok && outcome.tree.get('bin/b.sh')).toEqual(script)
    expect(outcome.ok && statusOf(outcome.tree, step)).toBe('skipped')
  })

  test('a missing file is told with the one that was likely meant', () => {
    expect(faultOf(treeWith({ 'b.sh': '' }), step)).toEqual({
      code: 'file-missing',
      message: 'There is no file `a.sh`.',
      hint: 'Did you mean `b.sh`?',
    })
    expect(faultOf(treeWith({ 'scripts/a.sh': '' }), step).hint).toBe('Did you mean `scripts/a.sh`?')
    expect(faultOf(treeWith({ x: '' }), step).hint).toMatch(/^Check the path/)
  })
})

describe('WRITE_FILE', () => {
  const write = (path: string, content = 'new'): PureStep => ({ kind: 'WRITE_FILE', params: { path, content } })

  test('makes a file, replaces one, and keeps that it is executable', () => {
    expect(after(treeWith({}), write('a/b'), 'a/b')).toBe('new')
    const outcome = apply(new Map([['run', textFile('old', '100755')]]), write('run'))
    expect(outcome.ok && outcome.tree.get('run')).toEqual(textFile('new', '100755'))
    expect(statusOf(treeWith({ a: 'new' }), write('a'))).toBe('skipped')
  })

  test.each([
    ['through a link', new Map([['a', link('b')]]), 'a', 'file-is-link'],
    ['below a link', new Map([['a', link('b')]]), 'a/x', 'file-is-link'],
    ['over a folder', treeWith({ 'a/b': '' }), 'a', 'file-is-folder'],
    ['below a file', treeWith({ a: '' }), 'a/b', 'file-and-folder'],
    ['beside its name in another case', treeWith({ 'README.md': '' }), 'readme.md', 'names-differ-in-case'],
    ['into a folder in another case', treeWith({ 'Docs/a': '' }), 'docs/b', 'names-differ-in-case'],
    ['outside', treeWith({}), '../x', 'path-parent'],
    ['into git', treeWith({}), '.GIT/hooks/post-checkout', 'path-git'],
  ])('never writes %s', (_, tree, path, code) => expect(faultOf(tree, write(path)).code).toBe(code))

  test('64 KiB are allowed, counted in bytes', () => {
    expect(statusOf(treeWith({}), write('a', 'x'.repeat(65_536)))).toBe('done')
    expect(faultOf(treeWith({}), write('a', 'é'.repeat(32_769))).code).toBe('content-too-large')
  })

  test('the 5,001st file and the byte beyond 50 MB are refused', () => {
    const many = treeWith(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, ''])))
    expect(faultOf(many, write('one-more')).code).toBe('too-many-files')
    const full = new Map([['big', { mode: '100644' as const, content: new Uint8Array(50 * 1024 * 1024) }]])
    expect(faultOf(full, write('one-more')).code).toBe('tree-too-large')
  })
})

describe('APPEND_TO_FILE', () => {
  const append = (content: string, marker = 'M'): PureStep => ({ kind: 'APPEND_TO_FILE', params: { path: 'f', content, marker } })

  test.each([
    ['after a last line without an end', 'a', 'M\n', 'a\nM\n'],
    ['after a last line with one', 'a\n', 'M', 'a\nM\n'],
    ['to an empty file', '', 'M', 'M\n'],
    ['in Windows line ends where the file has them', 'a\r\nb', 'M\nn\n', 'a\r\nb\r\nM\r\nn\r\n'],
    ['nothing when the marker is there', 'x M y', 'M', 'x M y'],
  ])('appends %s', (_, text, content, expected) => expect(after(treeWith({ f: text }), append(content), 'f')).toBe(expected))

  test('a marker of several lines is found whatever the line ends', () => {
    const step = append('one\ntwo\n', 'one\ntwo')
    const outcome = apply(treeWith({ f: 'a\r\n' }), step)
    expect(outcome.ok && statusOf(outcome.tree, step)).toBe('skipped')
  })

  test('refuses what it could not recognise a second time, and what is no text', () => {
    expect(faultOf(treeWith({ f: '' }), append('text', 'M')).code).toBe('marker-not-in-content')
    expect(faultOf(new Map([['f', { mode: '100644', content: new Uint8Array([0]) }]]), append('M')).code).toBe('file-not-text')
    expect(faultOf(treeWith({}), append('M')).code).toBe('file-missing')
    expect(faultOf(treeWith({ 'f/x': '' }), append('M')).code).toBe('file-is-folder')
    expect(faultOf(treeWith({ f: '' }), append(`M${'x'.repeat(65_536)}`)).code).toBe('content-too-large')
  })
})

describe('REPLACE_STRING', () => {
  const replace = (find: string, by: string, expect_count = 1): PureStep => ({
    kind: 'REPLACE_STRING',
    params: { file: 'f', find, replace: by, expect_count },
  })

  test.each([
    ['once', 'a b a', 'b', 'c', 1, 'a c a'],
    ['as often as expected', 'a b a', 'a', 'x', 2, 'x b x'],
    ['letter by letter, not as a pattern', 'a.b a$b', 'a$b', '$&', 1, 'a.b $&'],
    ['over lines in either line end', 'a\r\nb\r\n', 'a\nb', 'c\nd', 1, 'c\r\nd\r\n'],
  ])('replaces %s', (_, text, find, by, count, expected) =>
    expect(after(treeWith({ f: text }), replace(find, by, count), 'f')).toBe(expected),
  )

  test('another count is an error that names the count and the lines', () => {
    expect(faultOf(treeWith({ f: 'x\na\n\na a' }), replace('a', 'b')).message).toBe(
      'The text to replace stands 3 times in `f` (line 2, 4, 4); expected 1.',
    )
    expect(faultOf(treeWith({ f: 'x' }), replace('a', 'b')).message).toBe('The text to replace stands 0 times in `f`; expected 1.')
    expect(faultOf(treeWith({ f: 'a\n'.repeat(12) }), replace('a', 'b')).message).toContain('(line 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …)')
  })

  test('a replacement that would blow the file up is refused before it is made', () => {
    const find = (): string => faultOf(treeWith({ f: 'a'.repeat(1_000_000) }), replace('a', 'b'.repeat(8_192), 1_000_000)).code
    expect(find()).toBe('tree-too-large')
    expect(effortOf(find)).toBeLessThan(100)
  })
})

describe('DELETE_FILE and RENAME_FILE', () => {
  const remove = (path: string): PureStep => ({ kind: 'DELETE_FILE', params: { path } })
  const rename = (source: string, dest: string): PureStep => ({ kind: 'RENAME_FILE', params: { source, dest } })

  test('a link is deleted itself, what it leads to stays', () => {
    const outcome = apply(withFile(treeWith({ b: 'x' }), 'a', link('b')), remove('a'))
    expect(outcome.ok && [...outcome.tree.keys()]).toEqual(['b'])
  })

  test.each([
    ['a', 'a/b'],
    ['readme.md', 'README.md'],
    ['a', 'z/y'],
  ])('%s becomes %s', (source, dest) => expect(after(treeWith({ [source]: 'x' }), rename(source, dest), dest)).toBe('x'))

  test('nothing is renamed onto another file, nothing missing is deleted', () => {
    expect(faultOf(treeWith({ a: '1', b: '2' }), rename('a', 'b')).code).toBe('file-exists')
    expect(faultOf(treeWith({ a: '1' }), remove('b')).code).toBe('file-missing')
    expect(faultOf(treeWith({ 'a/b': '1' }), remove('a')).code).toBe('file-is-folder')
    expect(
      faultOf(
        new Map([
          ['a', link('.')],
          ['b', textFile('')],
        ]),
        remove('a/b'),
      ).code,
    ).toBe('file-is-link')
  })
})

describe('RENDER_FILE', () => {
  const render: PureStep = { kind: 'RENDER_FILE', params: { path: 'f' } }

  test.each([
    ['{{ repo.name }}/{{repo.owner}}', 'shop/acme'],
    ['{{ repo.full_name }} {{ repo.visibility }}', 'acme/shop private'],
    ['{{ template.repository }}@{{ template.version }}', 'acme/baseline@v1.2.0'],
    ['{{ selections.testing }}|{{ selections.add-ons }}|', 'unit, e2e||'],
    [
      '${{ github.sha }} ${{ repo.name }} ${{ format("{{ repo.name }}") }}',
      '${{ github.sha }} ${{ repo.name }} ${{ format("{{ repo.name }}") }}',
    ],
    ['{{#if x}} {{ a | b }} {{ "repo.name" }} {{{ x y }}}', '{{#if x}} {{ a | b }} {{ "repo.name" }} {{{ x y }}}'],
    ['{{ repo.name', '{{ repo.name'],
  ])('%s becomes %s', (text, expected) => expect(after(treeWith({ f: text }), render, 'f')).toBe(expected))

  test('a name that is not known is told with its line and the likely one', () => {
    expect(faultOf(treeWith({ f: '\n{{ repo.nmae }}' }), render)).toEqual({
      code: 'unknown-placeholder',
      message: '`f` asks for `repo.nmae` on line 2, which is not known.',
      hint: 'Did you mean `repo.name`?',
    })
    expect(faultOf(treeWith({ f: '{{ constructor }}' }), render).hint).toMatch(/^Known are `repo.name`/)
  })

  test('millions of braces that nothing closes cost no effort', () => {
    const act = (): string => statusOf(treeWith({ f: `${'${{'.repeat(1_000_000)}${'{{ '.repeat(1_000_000)}}}` }), render)
    expect(act()).toBe('skipped')
    expect(effortOf(act)).toBeLessThan(100)
  })

  test('what a value says is not read again', () => {
    const odd = { ...scene, template: { ...scene.template, version: '{{ repo.name }}' } }
    const outcome = applyAction(treeWith({ f: '{{ template.version }}' }), render, odd)
    expect(outcome.ok && textAt(outcome.tree, 'f')).toBe('{{ repo.name }}')
  })
})

describe('CREATE_ADR_STUB', () => {
  const adr = (number: number, title: string, template: 'nygard' | 'madr' = 'nygard'): PureStep => ({
    kind: 'CREATE_ADR_STUB',
    params: { number, title, template },
  })

  test('is dated by the template’s commit and named after its title', () => {
    const text = after(treeWith({}), adr(7, 'Use Sessions for Sign-in'), 'docs/adr/0007-use-sessions-for-sign-in.md')
    expect(text).toContain('# 7. Use Sessions for Sign-in\n\nDate: 2026-02-03\n')
    expect(after(treeWith({}), adr(1, 'x', 'madr'), 'docs/adr/0001-x.md')).toMatch(/^---\nstatus: proposed\ndate: 2026-02-03\n---\n\n# x\n/)
  })

  test.each([
    ['Größe & Preis', '0001-große-preis'.replace('ß', '')],
    ['../../etc/passwd', '0001-etc-passwd'],
    ['決定', '0001-decision'],
    ['x'.repeat(160), `0001-${'x'.repeat(80)}`],
  ])('%s is a safe name', (title, name) => {
    const outcome = apply(treeWith({}), adr(1, title))
    expect(outcome.ok && [...outcome.tree.keys()]).toEqual([`docs/adr/${name}.md`.replace('groe', 'gro-e')])
  })

  test('a number is given once', () => {
    const first = apply(treeWith({}), adr(1, 'One'))
    expect(first.ok && statusOf(first.tree, adr(1, 'One'))).toBe('skipped')
    expect(first.ok && faultOf(first.tree, adr(1, 'Other')).code).toBe('adr-number-taken')
  })
})
