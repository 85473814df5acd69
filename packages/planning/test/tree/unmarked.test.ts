import { describe, expect, it } from 'vitest'
import { findItemMark, findItemMarks, isPlanSigned } from '../../src/index.ts'
import { findUnmarked, matchIssues, type PlanIssue, renderBody, renderItemMark, type SeenIssue } from '../../src/tree.ts'
import { SUBJECT } from './a-board.ts'

const body = (key: string, subject = SUBJECT): string => renderBody({ subject, key, section: 'x' })
const issueOf = (number: number, more: Partial<SeenIssue> = {}): SeenIssue => ({
  number,
  nodeId: `I_${number}`,
  title: 'Story',
  body: '',
  isOpen: true,
  parent: undefined,
  url: '',
  ...more,
})

describe('a mark', () => {
  it.each([
    ['on the first line', body('a'), true],
    ['below blank lines', ` \r\n\n${body('a')}`, true],
    ['indented', `\t  ${body('a')}`, true],
    ['with other line ends', body('a').replaceAll('\n', ' \r\n'), true],
    ['below text', `Anna knows.\n${body('a')}`, false],
  ])('%s is found', (_, text, isLeading) => {
    expect(findItemMarks(text)).toEqual([{ subject: SUBJECT, key: 'a', isLeading }])
  })

  it.each([`> ${body('a')}`, `Text ${renderItemMark({ subject: SUBJECT, key: 'a' })}`, body('a').replace('key=a', 'key=A b'), ''])(
    'in %j is none',
    (text) => expect(findItemMark(text)).toBeUndefined(),
  )

  it('that is broken leaves a sign, and an empty text none', () => {
    expect([body('a').replace('key=a', 'key='), '<!-- switchyard:plan section -->', '', 'A plan.'].map(isPlanSigned)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('of issues that no number names', () => {
  const match = (...seen: readonly SeenIssue[]) => {
    const { issues, doubles, quotes } = matchIssues({ subject: SUBJECT, applied: [], seen })
    return [
      [...issues].map(([key, { number }]) => [key, number]),
      doubles.map(({ issue }) => issue.number),
      quotes.map(({ issue }) => issue.number),
    ]
  }
  const above = (key: string): string => `Anna knows.\n\n${body(key)}`

  it('one whose mark leads goes before one with text above it, which is a quote', () => {
    expect(match(issueOf(5, { body: above('a') }), issueOf(6, { body: body('a') }), issueOf(7, { body: body('a') }))).toEqual([
      [['a', 6]],
      [7],
      [5],
    ])
  })

  it('one with text above its mark is it where there is no other', () => {
    expect(match(issueOf(5, { body: above('a') }))).toEqual([[['a', 5]], [], []])
  })

  it.each([
    ['several of them below text', `Anna knows.\n${body('a')}\n${body('b')}`],
    ['one of another idea', body('a', 'repo-7~issue-13')],
    ['one of another idea that leads', `${body('a', 'repo-7~issue-13')}\n${body('b')}`],
  ])('marks say nothing: %s', (_, text) => {
    expect(match(issueOf(5, { body: text }))).toEqual([[], [], []])
  })
})

describe('an issue without a mark', () => {
  const wanted = (key: string, title: string, parent?: string): PlanIssue => ({
    key,
    parent,
    level: parent === undefined ? 'epic' : 'story',
    title,
    section: '',
    dependsOn: [],
    hasOwnId: false,
  })
  const missing = [wanted('story', 'Story', 'epic'), wanted('task', 'Task', 'story')]
  const find = (...seen: readonly SeenIssue[]) =>
    findUnmarked({ subject: SUBJECT, missing, there: new Map([['epic', 2]]), seen }).map(({ wanted: { key }, issue }) => [
      key,
      issue.number,
    ])

  it('may be the plan’s by the very title, under its parent or none', () => {
    expect(find(issueOf(3, { parent: 2 }), issueOf(4, { title: ' Task ', parent: 3 }))).toEqual([
      ['story', 3],
      ['task', 4],
    ])
    expect(find(issueOf(3))).toEqual([['story', 3]])
  })

  it.each([
    ['another title', { title: 'story' }],
    ['another parent', { parent: 9 }],
    ['closed', { isOpen: false }],
    ['another idea’s', { body: body('story', 'repo-7~issue-13') }],
    ['the epic itself', { number: 2 }],
  ] as const)('is not: %s', (_, more) => {
    expect(find({ ...issueOf(3, { parent: 2 }), ...more })).toEqual([])
  })

  it('names one missing issue, not two', () => {
    const twice = [wanted('one', 'Same', 'epic'), wanted('two', 'Same', 'epic')]
    const found = findUnmarked({
      subject: SUBJECT,
      missing: twice,
      there: new Map([['epic', 2]]),
      seen: [issueOf(3, { title: 'Same', parent: 2 })],
    })
    expect(found.map(({ wanted: { key } }) => key)).toEqual(['one'])
  })
})
