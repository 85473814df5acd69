import { expect, test } from 'vitest'
import { expandMatrix, renderCombination } from './matrix.ts'

test.each([
  ['one axis', { os: ['a', 'b'] }, [{ os: 'a' }, { os: 'b' }]],
  [
    'axes are crossed in the order of the file',
    { os: ['a', 'b'], n: [1, 2] },
    [
      { os: 'a', n: 1 },
      { os: 'a', n: 2 },
      { os: 'b', n: 1 },
      { os: 'b', n: 2 },
    ],
  ],
  [
    'exclude takes away what has all of its values',
    { os: ['a', 'b'], n: [1, 2], exclude: [{ os: 'a' }, { os: 'b', n: 2 }] },
    [{ os: 'b', n: 1 }],
  ],
  ['an excluded key that no axis has excludes nothing', { os: ['a'], exclude: [{ other: 1 }] }, [{ os: 'a' }]],
  ['include alone', { include: [{ a: 1 }, { a: 2, b: 3 }] }, [{ a: 1 }, { a: 2, b: 3 }]],
  ['a number is not its text', { n: [1, '1'], exclude: [{ n: '1' }] }, [{ n: 1 }]],
  [
    'values may be mappings',
    { os: [{ name: 'a', bits: 64 }], exclude: [{ os: { bits: 64, name: 'a' } }], include: [{ os: 'b' }] },
    [{ os: 'b' }],
  ],
  // The example of docs.github.com, "Expanding or adding matrix configurations".
  [
    'include adds to what it fits, and stands alone where it would change an axis',
    {
      fruit: ['apple', 'pear'],
      animal: ['cat', 'dog'],
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    },
    [
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  ],
])('%s', (_, matrix, expected) => {
  expect(expandMatrix(matrix)).toEqual(expected)
})

test.each([
  ['no mapping', 'x', 'must be a mapping'],
  ['an axis that is no list', { os: 'a' }, '`os` of the matrix must be a list'],
  ['an empty axis', { os: [] }, "Matrix vector 'os' does not contain any values"],
  ['nothing left', { os: ['a'], exclude: [{ os: 'a' }] }, 'no combination'],
  [
    'more than GitHub takes',
    { a: Array.from({ length: 17 }, (_, n) => n), b: Array.from({ length: 17 }, (_, n) => n) },
    '289 combinations, 256 is the most',
  ],
  ['an include that is no list', { include: 'x' }, '`include` of the matrix must be a list of mappings'],
])('%s is refused', (_, matrix, message) => {
  expect(() => expandMatrix(matrix)).toThrow(message)
})

test.each([
  [{ os: 'ubuntu', n: 22, fast: true }, ' (ubuntu, 22, true)'],
  [{ os: { name: 'a', bits: [32, 64] }, none: null, empty: '' }, ' (a, 32, 64)'],
  [{}, ''],
])('%j is shown as "%s"', (combination, expected) => {
  expect(renderCombination(combination)).toBe(expected)
})
