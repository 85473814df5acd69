import { expect, test } from 'vitest'
import { evaluateCondition, evaluateTemplate } from './expressions.ts'

const contexts = { github: { ref: 'refs/heads/main', event: { list: [{ name: 'a' }, { name: 'b' }] }, empty: '' } }

test.each([
  ['plain text', 'plain text'],
  ['${{ github.ref }}', 'refs/heads/main'],
  ['a ${{ github.ref }} and ${{ 1 + 0 == 1 }}', undefined],
  ["${{ format('{0}-{1}', github.ref, 'x') }}", 'refs/heads/main-x'],
  ["${{ join(github.event.list.*.name, ',') }}", 'a,b'],
  ["${{ '}}' }}!", '}}!'],
  ['${{ github.nothing }}', ''],
  ['${{ never closed', '${{ never closed'],
  ['${{ secrets.x }}', undefined],
])('%s is evaluated to %s', (template, expected) => {
  if (expected === undefined) expect(() => evaluateTemplate(template, contexts)).toThrow()
  else expect(evaluateTemplate(template, contexts)).toBe(expected)
})

test.each([
  ['always()', true, true],
  ['', true, false],
  ['success()', true, false],
  ['${{ failure() }}', true, true],
  ["github.ref == 'refs/heads/main'", true, false],
  ["github.ref == 'refs/heads/main'", false, true],
  ['github.empty', false, false],
  ["always() && github.ref != 'x'", true, true],
])('the condition "%s" with failed: %s is %s', (condition, failed, expected) => {
  expect(evaluateCondition(condition, contexts, { failed })).toBe(expected)
})
