import { describe, expect, it } from 'vitest'
import { findFormPlan } from '../../src/plan/find-form-plan.ts'
import { findPlanIdea } from '../../src/plan/find-plan-idea.ts'
import { parsePlan } from '../../src/plan/parse-plan.ts'

describe('a plan in an issue', () => {
  it.each([
    ['in the fence of a form', '### Plan\n\n```markdown\n# Epic: A\n\n## Story: B\n```\n', { text: '# Epic: A\n\n## Story: B\n', line: 4 }],
    [
      'with code of its own',
      '### Plan\n\n```markdown\n# Epic: A\n```ts\na()\n```\nb\n```',
      { text: '# Epic: A\n```ts\na()\n```\nb\n', line: 4 },
    ],
    ['without a fence', 'Why\n\n### Plan\n\n# Epic: A\n', { text: '# Epic: A\n', line: 5 }],
    ['with line ends of a browser', '### Plan\r\n\r\n```markdown\r\n# Epic: A\r\n```\r\n', { text: '# Epic: A\n', line: 4 }],
  ])('%s', (_, body, expected) => {
    expect(findFormPlan(body)).toEqual(expected)
  })

  it.each([
    ['no heading\n```markdown\n# Epic: A\n```'],
    ['### Plan\n\n_No response_\n'],
    ['### Plan\n'],
    ['### Plans\n\n# Epic: A'],
    ['### Plan\n\n```markdown\n```'],
  ])('is none in %j', (body) => {
    expect(findFormPlan(body)).toBeUndefined()
  })
})

describe('the idea that a plan names', () => {
  it.each([
    ['---\ntitle: A\nidea: 12\n---\n', { number: 12, line: 3 }],
    ['\uFEFF---\r\nidea: "#12" # ours\r\n---\r\n', { number: 12, line: 2 }],
    ["---\nidea: '7'\ntitle: A\n---", { number: 7, line: 2 }],
    ['---\n"idea": 1\ntitle: A\n---\n', { number: 1, line: 2 }],
    ["---\ntitle: A\n'idea' : 0x10\n---\n", { number: 16, line: 3 }],
    ['---\n{ title: A, idea: 3 }\n---\n', { number: 3, line: 2 }],
    ['---\n# a word\n\nidea:\n  12\n---\n', { number: 12, line: 4 }],
    // Whoever wrote it is told of the faults on that idea.
    ['---\ntitle: A: B\nidea: 12\n---\n', { number: 12, line: 3 }],
    ['---\ntitel: A\nidea: 12\n---\n# Nope', { number: 12, line: 3 }],
    ['---\ntitle: |\n  idea: 12\n---\n', undefined],
    ['---\ntitle: A\n---\nidea: 12\n', undefined],
    ['---\ntitle: A\nidea: 12\n', undefined],
    ['---\nidea: twelve\n---\n', undefined],
    ['---\nidea: [12]\n---\n', undefined],
    ['idea: 12\n', undefined],
    ['---\nidea: 0\n---\n', undefined],
  ])('%j is %s', (text, expected) => {
    expect(findPlanIdea(text)).toEqual(expected)
  })

  it.each(['"idea": 12', "'idea' : '#12'", 'idea:\t12'])('is what the plan is read as: %s', (key) => {
    const text = `---\ntitle: A\n${key}\n---\n\n# Epic: A\n`
    const parsed = parsePlan(text, { file: 'a.md' })
    expect(parsed.ok && parsed.plan.idea).toBe(12)
    expect(findPlanIdea(text)?.number).toBe(12)
  })
})
