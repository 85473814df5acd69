import { effortOf } from '@switchyard/core/effort'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textAt, treeWith } from '../../test/scenes.ts'
import { treeOf, withFile } from '../tree/change-tree.ts'
import { checkTree } from '../tree/check-tree.ts'
import type { FileTree, TreeFile } from '../tree/file-tree.ts'
import { findText, textFile } from '../tree/text.ts'
import { applyChanges, mergeTrees, type MergedTrees } from './merge-trees.ts'

type Files = Readonly<Record<string, string | TreeFile>>

const treeFrom = (files: Files): FileTree =>
  treeOf(Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? textFile(file) : file]))
const merge = (base: Files, theirs: Files, ours: Files): MergedTrees & { readonly result: FileTree } => {
  const merged = mergeTrees({ base: treeFrom(base), theirs: treeFrom(theirs), ours: treeFrom(ours), version: 'v2' })
  return { ...merged, result: applyChanges(treeFrom(ours), merged.changes) }
}
const script = (text: string): TreeFile => textFile(text, '100755')
const link = (target: string): TreeFile => textFile(target, '120000')
const binary = (...bytes: number[]): TreeFile => ({ mode: '100644', content: new Uint8Array([0, ...bytes]) })

describe('one side changed a file', () => {
  test.each<[string, Files, Files, Files, Files]>([
    ['the template adds', {}, { a: '1' }, {}, { a: '1' }],
    ['the template changes', { a: '1' }, { a: '2' }, { a: '1' }, { a: '2' }],
    ['the template deletes', { a: '1' }, {}, { a: '1' }, {}],
    ['the template makes it executable', { a: '1' }, { a: script('1') }, { a: '1' }, { a: script('1') }],
    ['the template makes it a link', { a: '1', b: '' }, { a: link('b'), b: '' }, { a: '1', b: '' }, { a: link('b'), b: '' }],
    ['the template makes it a folder', { a: '1' }, { 'a/b': '1' }, { a: '1' }, { 'a/b': '1' }],
    ['the template spells it in another case', { 'readme.md': '1' }, { 'README.md': '1' }, { 'readme.md': '1' }, { 'README.md': '1' }],
    ['the repository adds', {}, {}, { a: '1' }, { a: '1' }],
    ['the repository changes', { a: '1' }, { a: '1' }, { a: '2' }, { a: '2' }],
    ['the repository deletes', { a: '1' }, { a: '1' }, {}, {}],
    ['both do the same', { a: '1', b: '1' }, { a: '2', c: '3' }, { a: '2', c: '3' }, { a: '2', c: '3' }],
    ['one the text, the other the mode', { a: '1' }, { a: '2' }, { a: script('1') }, { a: script('2') }],
    ['both the text, in different lines', { a: '1\n2\n3\n' }, { a: '1\n2\nc\n' }, { a: 'a\n2\n3\n' }, { a: 'a\n2\nc\n' }],
  ])('%s', (_, base, theirs, ours, expected) => {
    const { conflicts, result } = merge(base, theirs, ours)
    expect(conflicts).toEqual([])
    expect(result).toEqual(treeFrom(expected))
  })
})

describe('conflicts', () => {
  test('in the text are marked as git marks them, between what could be joined', () => {
    const { conflicts, result } = merge({ a: '1\n2\n3\n4\n5\n' }, { a: '1\nT\n3\n4\n5\n6\n' }, { a: '0\n1\nO\n3\n4\n5\n' })
    expect(textAt(result, 'a')).toBe('0\n1\n<<<<<<< yours\nO\n=======\nT\n>>>>>>> template v2\n3\n4\n5\n6\n')
    expect(conflicts).toEqual([{ path: 'a', kind: 'content', lines: [{ from: 3, to: 7 }], theirs: textFile('1\nT\n3\n4\n5\n6\n') }])
  })

  test('marks stand on their own lines behind a last line without an end', () => {
    expect(textAt(merge({ a: 'x' }, { a: 'T' }, { a: 'O' }).result, 'a')).toBe('<<<<<<< yours\nO\n=======\nT\n>>>>>>> template v2\n')
  })

  test('two that made the same file keep the lines that are alike', () => {
    const { conflicts, result } = merge({}, { a: '1\n2\nT\n' }, { a: '1\n2\nO\n' })
    expect(textAt(result, 'a')).toBe('1\n2\n<<<<<<< yours\nO\n=======\nT\n>>>>>>> template v2\n')
    expect(conflicts).toMatchObject([{ kind: 'both-added', lines: [{ from: 3, to: 7 }] }])
  })

  test('lines that both changed alike stand outside of the marks, but for a few between two of them', () => {
    const { result } = merge({ a: '1\n' }, { a: 'x\nT\n}\nT\ny\n' }, { a: 'x\nO\n}\nO\ny\n' })
    expect(textAt(result, 'a')).toBe('x\n<<<<<<< yours\nO\n}\nO\n=======\nT\n}\nT\n>>>>>>> template v2\ny\n')
    const apart = merge({}, { a: 'T\n1\n2\n3\n4\nT\n' }, { a: 'O\n1\n2\n3\n4\nO\n' })
    expect(apart.conflicts[0]?.lines).toEqual([
      { from: 1, to: 5 },
      { from: 10, to: 14 },
    ])
  })

  test.each<[string, Files, Files, Files]>([
    ['binary', { a: binary(1) }, { a: binary(2) }, { a: binary(3) }],
    ['binary', { a: 'text' }, { a: 'other' }, { a: binary(3) }],
    ['binary', {}, { a: binary(1) }, { a: binary(2) }],
    ['link', { a: link('x') }, { a: link('y') }, { a: link('z') }],
    ['link', { a: 'x' }, { a: link('y') }, { a: 'z' }],
    ['deleted-here', { a: '1' }, { a: '2' }, {}],
    ['deleted-in-template', { a: '1' }, {}, { a: '2' }],
    ['mode', {}, { a: script('1') }, { a: '1' }],
    ['too-large', { a: 'x\n'.repeat(2_000) }, { a: 'x\n'.repeat(2_001) }, { a: `y\n${'x\n'.repeat(2_000)}` }],
    ['place-taken', {}, { 'a/b': '1' }, { a: 'mine' }],
    ['place-taken', {}, { a: '1' }, { 'a/b': 'mine' }],
    ['place-taken', {}, { 'README.md': '1' }, { 'readme.md': 'mine' }],
    ['place-taken', {}, { 'Docs/a': '1' }, { 'docs/b': 'mine' }],
    ['place-taken', {}, { 'docs/a': '1' }, { docs: link('elsewhere'), 'elsewhere/b': 'mine' }],
    ['place-taken', {}, { l: link('docs/../x'), x: '' }, { docs: link('.'), x: '' }],
  ])('%s: the repository keeps what it has', (kind, base, theirs, ours) => {
    const { conflicts, result } = merge(base, theirs, ours)
    expect(conflicts.map((conflict) => conflict.kind)).toEqual([kind])
    expect(conflicts[0]?.theirs).toEqual(treeFrom(theirs).get(conflicts[0]?.path ?? ''))
    expect(result).toEqual(treeFrom(ours))
  })

  test('only what has no place is left out', () => {
    const { changes } = merge({}, { 'a/b': '1', 'c/d': '2' }, { a: 'mine' })
    expect([...changes.keys()]).toEqual(['c/d'])
  })
})

describe('line ends', () => {
  test.each([
    ['Windows’ here, Unix’ in the template', '1\n2\n3\n', '1\n2\nT\n', 'O\r\n2\r\n3\r\n', 'O\r\n2\r\nT\r\n'],
    ['Unix’ here, Windows’ in the template', '1\r\n2\r\n3\r\n', '1\r\n2\r\nT\r\n', 'O\n2\n3\n', 'O\n2\nT\n'],
    ['mixed on both sides', '1\r\n2\n3\n', '1\r\n2\nT\n', 'O\r\n2\n3\n', 'O\r\n2\nT\n'],
    ['Windows’, around marks', '1\r\n', 'T\r\n', 'O\r\n', '<<<<<<< yours\r\nO\r\n=======\r\nT\r\n>>>>>>> template v2\r\n'],
  ])('%s: those of the repository stay', (_, base, theirs, ours, expected) => {
    expect(textAt(merge({ a: base }, { a: theirs }, { a: ours }).result, 'a')).toBe(expected)
  })
})

describe('whatever the three trees hold', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 6 })
    .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`))
  const file = fc.oneof(
    { weight: 6, arbitrary: text.map((content) => textFile(content)) },
    { weight: 1, arbitrary: text.map(script) },
    fc.constantFrom(binary(1), binary(2), link('x')),
  )
  const tree = fc
    .dictionary(fc.constantFrom('a', 'A', 'b', 'd/c', 'd', 'x'), file)
    .map(treeFrom)
    .filter((made) => checkTree(made).length === 0)
  const mergeAll = (base: FileTree, theirs: FileTree, ours: FileTree) => mergeTrees({ base, theirs, ours, version: 'v2' })

  test('a repository that changed nothing becomes the new rendering', () => {
    fc.assert(
      fc.property(tree, tree, (base, theirs) => {
        const { changes, conflicts } = mergeAll(base, theirs, base)
        expect(conflicts).toEqual([])
        expect(applyChanges(base, changes)).toEqual(theirs)
      }),
    )
  })

  test('a template that changed nothing changes nothing', () => {
    fc.assert(
      fc.property(tree, tree, (base, ours) => {
        expect(mergeAll(base, base, ours)).toEqual({ changes: new Map(), conflicts: [] })
      }),
    )
  })

  test('without conflicts it does not matter who changed what', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, left, right) => {
        const [one, other] = [mergeAll(base, left, right), mergeAll(base, right, left)]
        if (one.conflicts.length > 0 || other.conflicts.length > 0) return
        // What only one side has of its own is no affair of the merge.
        const keep = (made: FileTree) => new Map([...made].filter(([path]) => base.has(path) || (left.has(path) && right.has(path))))
        expect(keep(applyChanges(right, one.changes))).toEqual(keep(applyChanges(left, other.changes)))
      }),
    )
  })

  test('no line that the repository wrote is lost, none that the template wrote goes untold, and the result is sound', () => {
    const linesOf = (of: TreeFile | undefined) => new Set((of && findText(of.content))?.split('\n'))
    fc.assert(
      fc.property(tree, tree, tree, (base, theirs, ours) => {
        const { changes, conflicts } = mergeAll(base, theirs, ours)
        const result = applyChanges(ours, changes)
        expect(checkTree(result)).toEqual([])
        for (const [path, mine] of ours) {
          if (base.has(path) && !theirs.has(path) && !result.has(path)) continue
          const merged = linesOf(result.get(path))
          for (const line of linesOf(mine)) if (!linesOf(base.get(path)).has(line)) expect(merged).toContain(line)
        }
        for (const [path, file] of theirs) {
          if (conflicts.some((conflict) => conflict.path === path)) continue
          for (const line of linesOf(file)) if (!linesOf(base.get(path)).has(line)) expect(linesOf(result.get(path))).toContain(line)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every conflict in a text begins and ends with a mark where it says', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, ours) => {
        const { conflicts, result } = merge({ f: base }, { f: theirs }, { f: ours })
        const lines = textAt(result, 'f')?.split('\n') ?? []
        for (const { from, to } of conflicts.flatMap((conflict) => conflict.lines)) {
          expect(lines[from - 1]).toBe('<<<<<<< yours')
          expect(lines[to - 1]).toBe('>>>>>>> template v2')
          expect(lines.slice(from - 1, to)).toContain('=======')
        }
        expect(lines.filter((line) => line.startsWith('<<<<<<<'))).toHaveLength(conflicts.flatMap((conflict) => conflict.lines).length)
      }),
    )
  })

  test('a release of 2,000 new files is merged with little effort, even when one has no place', () => {
    const many = treeWith(Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`src/f${index}`, `${index}\n`])))
    const act = (): number => mergeAll(treeWith({}), withFile(many, 'x', textFile('')), treeWith({ own: '', 'X/y': '' })).changes.size
    expect(act()).toBe(2_000)
    expect(effortOf(act)).toBeLessThan(1_500)
  })
})
