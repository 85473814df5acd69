import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_SECTION, planIssues, type PlanIssue, parseBody, renderBody } from '../../src/tree.ts'
import { SUBJECT } from './a-board.ts'
import { aPlan, issuesOf } from './a-plan.ts'

const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at + 1}`)
const shapeOf = (issues: readonly PlanIssue[]): string[] => issues.map(({ key, parent }) => `${parent ?? ''}/${key}`)
const childrenOf = (issues: readonly PlanIssue[], key: string): PlanIssue[] => issues.filter(({ parent }) => parent === key)

it('a plan is its issues, parents before their children, in its order', () => {
  const issues = issuesOf({ stories: [{ id: 'a', tasks: ['a-1', { id: 'a-2', dependsOn: ['a-1', 'a-1'], hasOwnId: false }] }, 'b'] })
  expect(shapeOf(issues)).toEqual(['/epic', 'epic/a', 'a/a-1', 'a/a-2', 'epic/b'])
  expect(issues[3]).toEqual({
    key: 'a-2',
    parent: 'a',
    level: 'task',
    title: 'The a-2',
    section: 'Text of a-2.',
    dependsOn: ['a-1'],
    hasOwnId: false,
  })
})

describe('split', () => {
  it('90 tasks stay together', () => {
    expect(issuesOf({ stories: [{ id: 'a', tasks: ids('t', 90) }] })).toHaveLength(92)
  })

  it('the 91st task stands under a second part, a story beside the first', () => {
    const issues = issuesOf({ stories: [{ id: 'a', title: 'All *of* it', tasks: ids('t', 200), hasOwnId: false }, 'b'] })
    expect(childrenOf(issues, 'epic').map(({ key, level, title }) => [key, level, title])).toEqual([
      ['a', 'story', 'All *of* it'],
      ['a-part-2', 'story', 'All *of* it (part 2)'],
      ['a-part-3', 'story', 'All *of* it (part 3)'],
      ['b', 'story', 'The b'],
    ])
    expect(['a', 'a-part-2', 'a-part-3'].map((key) => childrenOf(issues, key).length)).toEqual([90, 90, 20])
    expect(issues.find(({ key }) => key === 'a-part-2')).toMatchObject({
      section: 'Part 2 of **All \\*of\\* it**, which has more tasks than fit under one issue.',
      hasOwnId: false,
    })
  })

  it.each([91, 990, 991, 9_000])('%i stories stand under parts of the epic: at most 100 children each, at most 8 levels', (count) => {
    const issues = issuesOf({ stories: ids('s', count).map((id, at) => (at === count - 1 ? { id, tasks: ['last'] } : id)) })
    const depths = new Map<string | undefined, number>([[undefined, 0]])
    const counts = new Map<string | undefined, number>()
    for (const { key, parent } of issues) {
      expect(depths.has(parent)).toBe(true)
      depths.set(key, (depths.get(parent) ?? 0) + 1)
      counts.set(parent, (counts.get(parent) ?? 0) + 1)
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(100)
    expect(Math.max(...depths.values())).toBeLessThanOrEqual(8)
    expect(issues.filter(({ level }) => level === 'story').map(({ key }) => key)).toEqual(ids('s', count))
    expect(issues.find(({ key }) => key === 'epic-part-2')).toMatchObject({ parent: 'epic', level: 'epic', title: 'The epic (part 2)' })
  })

  it("a part's key is never a node's or another part's", () => {
    const issues = issuesOf({ stories: [{ id: 'a', tasks: ids('t', 91) }, 'a-part-2', { id: 'a-part-2-split', tasks: ids('u', 91) }] })
    expect(new Set(issues.map(({ key }) => key)).size).toBe(issues.length)
  })

  it("a part's title stays within 256 characters, no character halved", () => {
    const issues = issuesOf({ stories: [{ id: 'a', title: '🙂'.repeat(128), tasks: ids('t', 91) }] })
    const { title = '' } = issues.find(({ key }) => key === 'a-part-2') ?? {}
    expect(title).toMatch(/^(🙂)+… \(part 2\)$/u)
    expect(title.length).toBeLessThanOrEqual(256)
  })
})

describe('section', () => {
  const sectionOf = (text: string): string => issuesOf({ epic: { id: 'epic', text } })[0]?.section ?? ''

  it('is what `defuse` makes of the text', () => {
    const asked: boolean[] = []
    const defuse = (text: string, { allowMentions }: { allowMentions: boolean }): string => {
      asked.push(allowMentions)
      return text.toUpperCase()
    }
    expect(planIssues(aPlan({ epic: { id: 'epic', text: 'hi  \r\nyou' } }), { allowMentions: true, defuse })[0]?.section).toBe('HI\nYOU')
    expect(asked).toEqual([true])
  })

  it('is read back from a body, whatever markers its code quotes', () => {
    const text = ['```', '<!-- /switchyard:plan section -->', `<!-- switchyard:plan item=${SUBJECT} key=x -->`, '```'].join('\n')
    const section = sectionOf(text)
    expect(parseBody(renderBody({ subject: SUBJECT, key: 'epic', section }))).toMatchObject({ key: 'epic', section })
    expect(section.replaceAll('\u200b', '')).toBe(text)
  })

  it('that is as long as it may be stays whole', () => {
    expect(sectionOf('x'.repeat(MAX_SECTION))).toHaveLength(MAX_SECTION)
  })

  it.each([
    ['lines', 'Some words.\n'.repeat(10_000), '\n\n_The rest stands in the plan._'],
    ['one line', '🙂'.repeat(50_000), '🙂\n\n_The rest stands in the plan._'],
    ['code', `\`\`\`\`ts\n${'const a = 1\n```\n'.repeat(10_000)}`, '\n````\n\n_The rest stands in the plan._'],
    ['code that ended', `~~~\ncode\n~~~\n${'Some words.\n'.repeat(10_000)}`, 'Some words.\n\n_The rest stands in the plan._'],
  ])('that is too long is cut, and says so: %s', (_, text, end) => {
    const section = sectionOf(text)
    expect(section.length).toBeLessThanOrEqual(MAX_SECTION)
    expect(section.endsWith(end)).toBe(true)
    expect(section.isWellFormed()).toBe(true)
  })

  it('never exceeds what a body takes', () => {
    const line = fc.constantFrom('```', '````', '~~~', 'x'.repeat(500), '🙂'.repeat(300), '')
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (lines, times) => {
        expect(sectionOf(`${lines.join('\n')}\n`.repeat(times)).length).toBeLessThanOrEqual(MAX_SECTION)
      }),
    )
  })
})

it('the same plan gives the same bytes', () => {
  const draft = { stories: [{ id: 'a', tasks: ids('t', 100) }] }
  expect(JSON.stringify(issuesOf(draft))).toBe(JSON.stringify(issuesOf(draft)))
})
