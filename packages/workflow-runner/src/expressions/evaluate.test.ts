import { expect, test } from 'vitest'
import { evaluateCondition, evaluateTemplate, evaluateText, type Status } from './evaluate.ts'

const contexts = {
  github: { ref: 'refs/heads/main', event: { list: [{ name: 'a' }, { name: 'b' }] }, empty: '' },
  matrix: { os: ['x', 1] },
}
const at = { line: 1, column: 1 }

test.each([
  ['plain text', 'plain text'],
  ['${{ github.ref }}', 'refs/heads/main'],
  ['${{ GitHub.REF }}', 'refs/heads/main'],
  ['a ${{ github.ref }} and ${{ 1 == 1 }}', 'a refs/heads/main and true'],
  ["${{ format('{0}-{1}', github.ref, 'x') }}", 'refs/heads/main-x'],
  ["${{ join(github.event.list.*.name, ',') }}", 'a,b'],
  ["${{ '}}' }}!", '}}!'],
  ['${{ github.nothing }}', ''],
  ['${{ never closed', '${{ never closed'],
  ["${{ hashFiles('*.lock', '!a.lock') }}", '*.lock !a.lock'],
])('%s is evaluated to %s', (template, expected) => {
  expect(evaluateText(template, { contexts, hashFiles: (patterns) => patterns.join(' ') })).toBe(expected)
})

test.each(['${{ 1 + 0 }}', '${{ secrets.x }}', "${{ fromJSON('{') }}", "${{ hashFiles('x') }}"])(
  '%s is refused with its text',
  (template) => {
    expect(() => evaluateText(template, { contexts })).toThrow(template.slice(0, 8))
  },
)

test('a template that is one expression keeps its type, anything around it makes it text', () => {
  const whole = { kind: 'expression', text: '${{ matrix.os }}', at } as const
  expect(evaluateTemplate(whole, { contexts })).toEqual(['x', 1])
  expect(evaluateTemplate({ ...whole, text: '${{ matrix.os[1] }}!' }, { contexts })).toBe('1!')
  const entries = [{ key: 'a', value: { kind: 'sequence', items: [whole, { kind: 'literal', value: 3, at }], at }, at }] as const
  expect(evaluateTemplate({ kind: 'mapping', entries, at }, { contexts })).toEqual({ a: [['x', 1], 3] })
})

const fine: Status = { success: true, failure: false, cancelled: false }
const failed: Status = { success: false, failure: true, cancelled: false }
const cancelled: Status = { success: false, failure: false, cancelled: true }

test.each([
  ['always()', fine, true],
  ['', failed, false],
  ['', cancelled, false],
  ['success()', failed, false],
  ['${{ failure() }}', failed, true],
  ['cancelled()', cancelled, true],
  ['!cancelled()', failed, true],
  ['failure() || cancelled()', fine, false],
  ["github.ref == 'refs/heads/main'", fine, true],
  ["github.ref == 'refs/heads/main'", failed, false],
  ["github.ref == 'always()'", failed, false],
  ['github.empty', fine, false],
  ["always() && github.ref != 'x'", failed, true],
  ["${{ github.ref == 'x' }} && ${{ github.ref == 'y' }}", fine, true],
  ["${{ github.ref == 'x' }} && true", failed, false],
])('the condition "%s" with %j is %s', (condition, status, expected) => {
  expect(evaluateCondition(condition, { contexts, status })).toBe(expected)
})
