import { describe, expect, it } from 'vitest'
import { findFormPlan } from '../../src/plan/find-form-plan.ts'
import { findPlanIdea } from '../../src/plan/find-plan-idea.ts'

describe('a plan in an issue', () => {
  it.each([
    ['in the fence of a form', '### Plan\n\n```markdown\n# Epic: A\n\n## Story: B\n```\n', { text: '# Epic: A\n\n## Story: B\n', line: 4 }],
    ['with code of its own', '### Plan\n\n```markdown\n# Epic: A\n```ts\na()\n```\nb\n```', { text: '# Epic: A\n```ts\na()\n```\nb\n', line: 4 }],
    ['without a fence', 'Why\n\n### Plan\n\n# Epic: A\n', { text: '# Epic: A\n', line: 5 }],
    ['with line ends of a browser', '### Plan\r\n\r\n```markdown\r\n# Epic: A\r\n```\r\n', { text: '# Epic: A\n', line: 4 }],
  ])('%s', (_, body, expected) => {
    expect(findFormPlan(body)).toEqual(expected)
  })

  it.each([['no heading\n```markdown\n# Epic: A\n```'], ['### Plan\n\n_No response_\n'], ['### Plan\n'], ['### Plans\n\n# Epic: A'], ['### Plan\n\n```markdown\n```']])(
    'is none in %j',
    (body) => {
      expect(findFormPlan(body)).toBeUndefined()
    },
  )
})

describe('the idea that a plan names', () => {
  it.each([
    ['---\ntitle: A\nidea: 12\n---\n', 12],
    ['\uFEFF---\r\nidea: "#12" # ours\r\n---\r\n', 12],
    ["---\nidea: '7'\ntitle: A\n---", 7],
    ['---\ntitle: A\n---\nidea: 12\n', undefined],
    ['---\nidea: twelve\n---\n', undefined],
    ['idea: 12\n', undefined],
    ['---\nidea: 0\n---\n', undefined],
  ])('%j is %s', (text, expected) => {
    expect(findPlanIdea(text)).toBe(expected)
  })
})
