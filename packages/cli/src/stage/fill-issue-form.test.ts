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

test.each([
  [{ Nmae: 'shop' }, 'does not ask for Nmae'],
  [{ Size: 'huge' }, 'does not offer huge for Size'],
  [{ Extras: ['a', 'c'] }, 'does not offer c for Extras'],
])('the answer %j is refused: the form %s', (answers, message) => {
  expect(() => fillIssueForm(FORM, answers)).toThrow(message)
})
