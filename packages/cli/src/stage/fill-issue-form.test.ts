import { expect, test } from 'vitest'
import { fillIssueForm } from './fill-issue-form.ts'

const FORM = `name: Ask
title: 'Ask: '
labels: [asked]
body:
  - { type: markdown, attributes: { value: Hello } }
  - { type: input, attributes: { label: Name } }
  - { type: input, attributes: { label: Owner, value: acme } }
  - { type: dropdown, attributes: { label: Size, options: [small, large], default: 1 } }
  - { type: dropdown, attributes: { label: Colour, options: [red, blue] } }
  - { type: checkboxes, attributes: { label: Extras, options: [{ label: a }, { label: b }] } }
`

test('answers stand below their labels, and what is not answered keeps its default', () => {
  expect(fillIssueForm(FORM, { Name: 'shop', Extras: ['b'] })).toEqual({
    title: 'Ask: ',
    labels: ['asked'],
    body: '### Name\n\nshop\n\n### Owner\n\nacme\n\n### Size\n\nlarge\n\n### Colour\n\n_No response_\n\n### Extras\n\n- [ ] a\n- [X] b\n',
  })
})

test('an answer that is rendered as code stands in a fence of its language, and an empty one in none', () => {
  const text = `name: Plan
body:
  - { type: textarea, attributes: { label: Plan, render: markdown, value: "# Epic\\n" } }
  - { type: textarea, attributes: { label: Log, render: shell } }
`
  expect(fillIssueForm(text, {}).body).toBe('### Plan\n\n```markdown\n# Epic\n```\n\n### Log\n\n_No response_\n')
  expect(fillIssueForm(text, { Plan: 'a\n\nb', Log: ' ' }).body).toBe('### Plan\n\n```markdown\na\n\nb\n```\n\n### Log\n\n_No response_\n')
})

test.each([
  [{ Nmae: 'shop' }, 'does not ask for Nmae'],
  [{ Size: 'huge' }, 'does not offer huge for Size'],
  [{ Extras: ['a', 'c'] }, 'does not offer c for Extras'],
])('the answer %j is refused: the form %s', (answers, message) => {
  expect(() => fillIssueForm(FORM, answers)).toThrow(message)
})
