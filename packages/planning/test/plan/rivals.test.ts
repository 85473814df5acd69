import { expect, test } from 'vitest'
import { sayRivals } from '../../src/index.ts'

const files = (count: number): readonly string[] => ['b', 'c', 'd', 'e', 'f'].slice(0, count).map((name) => `plans/${name}.md`)

test.each([
  [1, 'and so does `plans/b.md`.'],
  [2, 'and so do `plans/b.md` and `plans/c.md`.'],
  [3, 'and so do `plans/b.md`, `plans/c.md` and `plans/d.md`.'],
  [5, 'and so do `plans/b.md`, `plans/c.md`, `plans/d.md` and 2 more.'],
])('%i other files', (count, expected) => {
  const { message, hint } = sayRivals('plans/a.md', { idea: 7, others: files(count) })
  expect(message).toBe(`\`plans/a.md\` names the idea #7, ${expected}`)
  expect(hint).toContain('one plan')
})
