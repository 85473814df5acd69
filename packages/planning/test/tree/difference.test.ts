import { effortOf } from '@switchyard/core/effort'
import { beforeEach, describe, expect, it } from 'vitest'
import { decideDifference, MAX_BODY, matchIssues, type PlanIssue, renderBody, type TreeDifference } from '../../src/tree.ts'
import { decideProgress, itemsOfApplied } from '../../src/render.ts'
import { Board, SUBJECT } from './a-board.ts'
import { issuesOf, type PlanDraft } from './a-plan.ts'

const DRAFT: PlanDraft = {
  stories: [
    { id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] },
    { id: 'b', tasks: ['b1'] },
  ],
}
const END = '<!-- /switchyard:plan section -->'

/** A difference as one line a step. */
function linesOf({ changes }: TreeDifference): readonly string[] {
  return changes.map((change) => {
    switch (change.kind) {
      case 'create':
        return `create ${change.issue.key}`
      case 'edit':
      case 'revive':
        return `${change.kind} ${change.issue.key}: ${change.parts.join(', ')}`
      case 'rename':
        return `rename ${change.from} to ${change.issue.key}: ${change.parts.join(', ')}`
      case 'move':
        return `move ${change.key} from ${change.from} to ${change.to}`
      case 'place':
        return `place ${change.key} after ${change.after}`
      case 'drop':
        return `drop ${change.key}`
      case 'link':
      case 'unlink':
        return `${change.kind} ${change.key} ${change.blocker}`
      case 'sort':
        return `sort ${change.numbers.length}`
    }
  })
}

let board: Board
let wanted: readonly PlanIssue[]

beforeEach(() => {
  board = new Board()
  wanted = issuesOf(DRAFT)
})

/** The steps and conflicts of another plan, once the first one stands. */
function differ(draft: PlanDraft = DRAFT): { steps: readonly string[]; conflicts: readonly string[] } {
  const difference = board.differ(issuesOf(draft))
  return { steps: linesOf(difference), conflicts: difference.conflicts.map(({ key, what }) => `${key}: ${what}`) }
}

it('of nothing all is made: parents first, links last', () => {
  expect(differ()).toEqual({
    steps: ['create epic', 'create a', 'create a1', 'create a2', 'create b', 'create b1', 'link a2 a1'],
    conflicts: [],
  })
  board.sync(wanted)
  expect(board.get('a2').parent).toBe(board.get('a').number)
  expect([...board.get('a2').blockers]).toEqual([board.get('a1').number])
  expect(differ()).toEqual({ steps: [], conflicts: [] })
})

describe('what the plan changed', () => {
  beforeEach(() => void board.sync(wanted))

  it('title and text are written anew', () => {
    expect(differ({ ...DRAFT, epic: { id: 'epic', title: 'New', text: 'New.' } }).steps).toEqual(['edit epic: title, section'])
    expect(differ({ ...DRAFT, epic: { id: 'epic', text: 'New.' } }).steps).toEqual(['edit epic: section'])
  })

  it('new ones are made, others move to them, and what the plan no longer has goes last, children first', () => {
    const draft: PlanDraft = { stories: [{ id: 'c', tasks: ['a1', { id: 'c1', dependsOn: ['a1'] }] }] }
    expect(differ(draft).steps).toEqual([
      'create c',
      'create c1',
      'move a1 from a to c',
      'link c1 a1',
      'drop a2',
      'drop b1',
      'drop a',
      'drop b',
    ])
  })

  it('a link that it made and no longer wants is taken away, before others are made', () => {
    const tasks = ['a1', { id: 'a2', dependsOn: ['b1'] }]
    expect(
      differ({
        stories: [
          { id: 'a', tasks },
          { id: 'b', tasks: ['b1'] },
        ],
      }).steps,
    ).toEqual(['unlink a2 a1', 'link a2 b1'])
  })

  it('links of people stay, and what they unlinked stays so', () => {
    board.get('a1').blockers.add(board.get('b1').number)
    board.get('a2').blockers.clear()
    expect(board.sync(wanted).changes).toEqual([])
    expect(board.get('a1').blockers.size).toBe(1)
  })

  it('a dropped issue comes back as it was, and with what changed', () => {
    const without: PlanDraft = { stories: [{ id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] }] }
    board.sync(issuesOf(without))
    expect([board.get('b').isOpen, board.get('b1').isOpen]).toEqual([false, false])
    expect(differ(without).steps).toEqual([])
    expect(differ({ stories: [...(without.stories ?? []), { id: 'b', title: 'New', tasks: ['b1'] }] }).steps).toEqual([
      'revive b: title',
      'revive b1: ',
    ])
    board.sync(wanted)
    expect([board.get('b').isOpen, board.get('b1').isOpen]).toEqual([true, true])
  })

  it('a story that becomes a task, and its task a story, change places without a circle', () => {
    const draft: PlanDraft = {
      stories: [
        { id: 'b', tasks: ['b1'] },
        { id: 'a2', tasks: [{ id: 'a' }, 'a1'] },
      ],
    }
    expect(board.sync(issuesOf(draft)).conflicts).toEqual([])
    expect(board.get('a').parent).toBe(board.get('a2').number)
    expect(board.applied.find(({ key }) => key === 'a')?.level).toBe('task')
    expect(differ(draft).steps).toEqual([])
  })

  it('an epic that becomes a story leaves its place to the new one', () => {
    const draft: PlanDraft = { epic: { id: 'b' }, stories: [{ id: 'epic', tasks: ['a1'] }] }
    expect(differ(draft).steps).toEqual([
      'move b from epic to undefined',
      'move epic from undefined to b',
      'move a1 from a to epic',
      'drop a2',
      'drop b1',
      'drop a',
    ])
    board.sync(issuesOf(draft))
    expect(board.get('b').parent).toBeUndefined()
  })
})

describe('what people changed', () => {
  beforeEach(() => void board.sync(wanted))

  it('outside the section stays, to the character, when the section changes', () => {
    const issue = board.get('a1')
    issue.body = `Mine  \r\n${issue.body}\n\n- [x] done  \n`
    expect(differ()).toEqual({ steps: [], conflicts: [] })
    board.sync(
      issuesOf({
        stories: [
          {
            id: 'a',
            tasks: [
              { id: 'a1', text: 'New.' },
              { id: 'a2', dependsOn: ['a1'] },
            ],
          },
          { id: 'b', tasks: ['b1'] },
        ],
      }),
    )
    expect(issue.body).toBe(`Mine  \r\n${renderBody({ subject: SUBJECT, key: 'a1', section: 'New.' })}\n\n- [x] done  \n`)
  })

  it('inside the section is a conflict, whether the plan changed it or not, until one of them gives way', () => {
    const issue = board.get('epic')
    const before = issue.body
    issue.body = before.replace(END, `Mine\n${END}`)
    const changed: PlanDraft = { ...DRAFT, epic: { id: 'epic', text: 'New.' } }
    expect(differ()).toEqual({ steps: [], conflicts: ['epic: section'] })
    board.sync(issuesOf(changed))
    expect(issue.body).toContain('Mine')
    expect(differ(changed)).toEqual({ steps: [], conflicts: ['epic: section'] })
    expect(differ({ ...DRAFT, epic: { id: 'epic', text: 'Text of epic.\n\nMine' } })).toEqual({ steps: [], conflicts: [] })
    issue.body = before
    expect(differ(changed)).toEqual({ steps: ['edit epic: section'], conflicts: [] })
  })

  it('to what the plan wants as well is the base of what follows', () => {
    const issue = board.get('epic')
    issue.title = 'New'
    issue.body = renderBody({ subject: SUBJECT, key: 'epic', section: 'New.' })
    expect(board.sync(issuesOf({ ...DRAFT, epic: { id: 'epic', title: 'New', text: 'New.' } }))).toMatchObject({
      changes: [],
      conflicts: [],
    })
    expect(differ({ ...DRAFT, epic: { id: 'epic', title: 'Newer', text: 'Newer.' } })).toEqual({
      steps: ['edit epic: title, section'],
      conflicts: [],
    })
  })

  it('a title of theirs is a conflict, and the text is written all the same', () => {
    board.get('epic').title = 'Mine'
    expect(differ({ ...DRAFT, epic: { id: 'epic', title: 'New', text: 'New.' } })).toEqual({
      steps: ['edit epic: section'],
      conflicts: ['epic: title'],
    })
  })

  it.each([
    ['gone', (body: string) => body.replace(END, '')],
    ['doubled', (body: string) => `${body}\n${END}`],
    ['all gone', () => 'Mine'],
    ["another issue's", (body: string) => body.replace('key=epic', 'key=a1')],
  ])('markers that are %s are a conflict', (_, change) => {
    const issue = board.get('epic')
    issue.body = change(issue.body)
    const changed: PlanDraft = { ...DRAFT, epic: { id: 'epic', text: 'New.' } }
    expect(differ(changed)).toEqual({ steps: [], conflicts: ['epic: markers'] })
  })

  it('text of theirs that leaves no room for the section is a conflict', () => {
    const issue = board.get('epic')
    issue.body = `${issue.body}\n${'x'.repeat(MAX_BODY - issue.body.length - 1)}`
    expect(differ()).toEqual({ steps: [], conflicts: [] })
    expect(differ({ ...DRAFT, epic: { id: 'epic', text: 'Longer than it was.' } }).conflicts).toEqual(['epic: too-long'])
  })

  it('another parent is a conflict; for the epic it is theirs to say', () => {
    const mine = board.open()
    board.get('a1').parent = mine
    board.get('a2').parent = undefined
    board.get('epic').parent = mine
    expect(differ()).toEqual({ steps: [], conflicts: ['a1: parent', 'a2: parent'] })
  })

  it('a move that would put an issue below itself is a conflict', () => {
    board.get('b').parent = board.get('a1').number
    const draft: PlanDraft = { stories: [{ id: 'b', tasks: ['b1', 'a'] }, 'a1', 'a2'] }
    const { conflicts } = board.sync(issuesOf(draft))
    expect(conflicts.map(({ key, what }) => `${key}: ${what}`)).toEqual(['b: parent'])
    board.get('a1').parent = board.get('a').number
    expect(differ(draft).conflicts).toContain('b: parent')
  })

  it('what they closed stays closed, in the plan or not, and is not told apart as dropped', () => {
    board.get('a1').isOpen = false
    expect(differ()).toEqual({ steps: [], conflicts: [] })
    const without: PlanDraft = {
      stories: [
        { id: 'a', tasks: ['a2'] },
        { id: 'b', tasks: ['b1'] },
      ],
    }
    expect(differ(without).steps).toEqual(['unlink a2 a1'])
    board.sync(issuesOf(without))
    // Where it stood, nobody wrote down once the plan was without it.
    expect(differ().steps).toEqual(['place a1 after undefined', 'link a2 a1'])
  })

  it('what they opened again after it was dropped stays open', () => {
    const without: PlanDraft = { stories: [{ id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] }, 'b'] }
    board.sync(issuesOf(without))
    board.get('b1').isOpen = true
    expect(differ(without)).toEqual({ steps: [], conflicts: [] })
  })

  it('what is gone is told and not made again, nor what is new below it', () => {
    board.issues.delete(board.get('b').number)
    board.get('b1').parent = undefined
    const draft: PlanDraft = {
      stories: [
        { id: 'a', tasks: [] },
        { id: 'b', tasks: ['b1', 'b2', 'a1', { id: 'a2', dependsOn: ['b2'] }] },
      ],
    }
    expect(differ(draft)).toEqual({
      steps: ['unlink a2 a1'],
      conflicts: ['b: gone', 'b2: parent-gone', 'a1: parent-gone', 'a2: parent-gone'],
    })
    expect(
      differ({
        stories: [
          { id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] },
          { id: 'c', tasks: ['b1'] },
        ],
      }),
    ).toEqual({
      steps: ['create c', 'move b1 from undefined to c'],
      conflicts: [],
    })
  })

  it('what was dropped and then deleted is made anew', () => {
    const without: PlanDraft = { stories: [{ id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] }, 'b'] }
    board.sync(issuesOf(without))
    board.issues.delete(board.get('b1').number)
    expect(differ()).toEqual({ steps: ['create b1'], conflicts: [] })
  })
})

describe('which issue is which', () => {
  const match = () => matchIssues({ subject: SUBJECT, applied: board.applied, seen: board.seen })
  const body = (key: string, subject = SUBJECT): string => renderBody({ subject, key, section: 'x' })

  it('by number, else by the mark that leads the body, of the same idea', () => {
    board.sync(wanted)
    board.get('a').body = 'Mine'
    board.open({ body: body('c', 'repo-7~issue-13') })
    board.open({ body: `Quoted:\n${body('c')}` })
    const number = board.open({ body: body('c') })
    expect(match().issues.get('a')?.number).toBe(board.get('a').number)
    expect(match().issues.get('c')?.number).toBe(number)
    expect(match().doubles).toEqual([])
  })

  it('a second issue with the same mark is a double, unless it is closed', () => {
    board.sync(wanted)
    const [open, , first, second] = [
      board.open({ body: body('a') }),
      board.open({ body: body('a'), isOpen: false }),
      board.open({ body: body('c') }),
      board.open({ body: body('c') }),
    ]
    expect(match().issues.get('c')?.number).toBe(first)
    expect(match().doubles.map(({ key, issue, of }) => [key, issue.number, of.number])).toEqual([
      ['a', open, board.get('a').number],
      ['c', second, first],
    ])
  })
})

it('the hash changes with what would be done', () => {
  board.sync(wanted)
  const hashes = [DRAFT, { ...DRAFT, epic: { id: 'epic', text: 'New.' } }, { ...DRAFT, epic: { id: 'epic', text: 'Newer.' } }].map(
    (draft) => board.differ(issuesOf(draft)).hash,
  )
  board.get('a1').title = 'Mine'
  expect(new Set([...hashes, board.differ(wanted).hash]).size).toBe(4)
})

it('a thousand issues differ from a thousand others with little effort', () => {
  const many = (prefix: string, text: string): PlanDraft => ({
    stories: Array.from({ length: 20 }, (_, story) => ({
      id: `${prefix}${story}`,
      tasks: Array.from({ length: 49 }, (_, task) => ({
        id: `t-${story}-${task}`,
        text,
        dependsOn: task === 0 ? [] : [`t-${story}-${task - 1}`],
      })),
    })),
  })
  board.sync(issuesOf(many('s', 'One.')))
  const next = issuesOf(many('r', 'Two.'))
  const input = { subject: SUBJECT, applied: board.applied, wanted: next, seen: board.seen }
  expect(decideDifference(input).changes).toHaveLength(980 + 20 + 980 + 20)
  expect(effortOf(() => decideDifference(input))).toBeLessThan(100)
})

it('done tasks that the plan loses are named once, left as they are, and count no more until the plan has them again', () => {
  board.sync(wanted)
  board.get('b1').isOpen = false
  const countsOf = () => {
    const items = itemsOfApplied(board.applied, {
      urlOf: () => undefined,
      stateOf: (number) => (board.issues.get(number)?.isOpen ? 'open' : 'done'),
    })
    const { counts, tops } = decideProgress(items)
    return [counts, tops.map(({ key }) => key)]
  }
  expect(countsOf()).toEqual([{ done: 1, total: 3 }, ['epic']])
  const without: PlanDraft = { stories: [{ id: 'a', tasks: ['a1', { id: 'a2', dependsOn: ['a1'] }] }] }
  const difference = board.sync(issuesOf(without))
  expect([linesOf(difference), difference.left.map(({ key }) => key)]).toEqual([['drop b'], ['b1']])
  expect(countsOf()).toEqual([{ done: 0, total: 2 }, ['epic']])
  expect(board.differ(issuesOf(without))).toMatchObject({ changes: [], left: [] })
  expect(linesOf(board.sync(wanted))).toEqual(['revive b: '])
  expect(countsOf()).toEqual([{ done: 1, total: 3 }, ['epic']])
})
