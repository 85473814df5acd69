import { beforeEach, describe, expect, it } from 'vitest'
import { replaceKey } from '../../src/tree.ts'
import { Board } from './a-board.ts'
import { issuesOf, type PlanDraft, type StoryDraft, type TaskDraft } from './a-plan.ts'

let board: Board
beforeEach(() => {
  board = new Board()
})

/** A plan whose ids are made from the titles. */
function unnamed(
  ...stories: readonly { readonly title: string; readonly text?: string; readonly tasks?: readonly TaskDraft[] }[]
): PlanDraft {
  return { stories: stories.map(({ tasks = [], ...story }): StoryDraft => ({ ...titled(story), tasks })) }
}

function titled({ title, ...more }: { readonly title: string; readonly text?: string }): TaskDraft {
  return { id: title.toLowerCase().replaceAll(' ', '-'), title, hasOwnId: false, ...more }
}

function renamesOf(draft: PlanDraft): readonly string[] {
  return board
    .differ(issuesOf(draft))
    .changes.flatMap((change) => (change.kind === 'rename' ? [`${change.from} > ${change.issue.key}`] : []))
}

describe('a title that changed', () => {
  it('with the same text is a rename, wherever it stands among its siblings', () => {
    board.sync(issuesOf(unnamed({ title: 'One', text: 'x' }, { title: 'Two', text: 'y' })))
    const draft = unnamed({ title: 'Two', text: 'y' }, { title: 'Three', text: 'z' }, { title: 'First', text: 'x' })
    expect(renamesOf(draft)).toEqual(['one > first'])
  })

  it('with another text is a rename if it stands between the same siblings', () => {
    board.sync(issuesOf(unnamed({ title: 'One' }, { title: 'Two' }, { title: 'Three' })))
    expect(renamesOf(unnamed({ title: 'One' }, { title: 'Second' }, { title: 'Three' }))).toEqual(['two > second'])
    expect(renamesOf(unnamed({ title: 'Second' }, { title: 'One' }, { title: 'Three' }))).toEqual([])
  })

  it('keeps the issue, its number and its links, and marks it with the new key', () => {
    const tasks = (title: string): TaskDraft[] => [titled({ title, text: 'x' }), { id: 'after', dependsOn: [title.toLowerCase()] }]
    board.sync(issuesOf(unnamed({ title: 'Story', tasks: tasks('Before') })))
    const { number } = board.get('before')
    const { changes } = board.sync(issuesOf(unnamed({ title: 'Story', tasks: tasks('Renamed') })))
    expect(changes).toMatchObject([{ kind: 'rename', from: 'before', number, parts: ['title'] }])
    expect(board.get('renamed')).toMatchObject({ number, title: 'Renamed' })
    expect(board.get('renamed').body).toContain('key=renamed -->')
    expect(board.applied.find(({ key }) => key === 'after')?.dependsOn).toEqual(['renamed'])
  })

  it('of a story leaves its tasks where they are', () => {
    board.sync(issuesOf(unnamed({ title: 'Story', tasks: [{ id: 't' }, titled({ title: 'Task', text: 'x' })] })))
    const draft = unnamed({ title: 'Renamed', tasks: [{ id: 't' }, titled({ title: 'Job', text: 'x' })] })
    expect(board.differ(issuesOf(draft)).changes.map(({ kind }) => kind)).toEqual(['rename', 'rename'])
  })

  it('of a story that has parts renames the parts', () => {
    const tasks = Array.from({ length: 91 }, (_, at) => ({ id: `t${at}` }))
    board.sync(issuesOf(unnamed({ title: 'Story', text: 'x', tasks })))
    expect(renamesOf(unnamed({ title: 'Renamed', text: 'x', tasks }))).toEqual(['story > renamed', 'story-part-2 > renamed-part-2'])
  })

  it('of the epic is a rename', () => {
    board.sync(issuesOf({ epic: titled({ title: 'Epic' }) }))
    expect(renamesOf({ epic: titled({ title: 'Renamed' }) })).toEqual(['epic > renamed'])
  })

  it('is left as people renamed it meanwhile, and told', () => {
    board.sync(issuesOf(unnamed({ title: 'One' })))
    board.get('one').title = 'Mine'
    const { conflicts } = board.sync(issuesOf(unnamed({ title: 'First' })))
    expect(conflicts).toMatchObject([{ key: 'first', what: 'title' }])
    expect(board.get('first').title).toBe('Mine')
  })
})

describe('an id of the plan', () => {
  it('makes two nodes of what has another id', () => {
    board.sync(issuesOf({ stories: [{ id: 'one', title: 'Same' }] }))
    expect(renamesOf({ stories: [{ id: 'two', title: 'Same' }] })).toEqual([])
    expect(board.differ(issuesOf({ stories: [{ id: 'two', title: 'Same' }] })).changes.map(({ kind }) => kind)).toEqual(['create', 'drop'])
  })

  it('that is given to a node, or taken from it, leaves it the same node', () => {
    board.sync(issuesOf(unnamed({ title: 'One' })))
    expect(renamesOf({ stories: [{ id: 'login', title: 'One' }] })).toEqual(['one > login'])
    board.sync(issuesOf({ stories: [{ id: 'login', title: 'One' }] }))
    expect(renamesOf(unnamed({ title: 'One' }))).toEqual(['login > one'])
  })

  it('is asked for where more than one may be the other: they are dropped and made anew', () => {
    board.sync(issuesOf(unnamed({ title: 'One' }, { title: 'Two' })))
    const difference = board.differ(issuesOf(unnamed({ title: 'First' }, { title: 'Second' })))
    expect(difference.changes.map(({ kind }) => kind)).toEqual(['create', 'create', 'drop', 'drop'])
    expect(difference.unsure).toEqual([{ level: 'story', parent: 'epic', removed: ['one', 'two'], added: ['first', 'second'] }])
  })
})

it('what somebody closed is renamed by its text, never by its place alone', () => {
  board.sync(issuesOf(unnamed({ title: 'One', text: 'x' })))
  board.get('one').isOpen = false
  expect(renamesOf(unnamed({ title: 'First', text: 'y' }))).toEqual([])
  expect(renamesOf(unnamed({ title: 'First', text: 'x' }))).toEqual(['one > first'])
})

it('a rename that an interrupted run wrote already is that rename, whatever else looks like it', () => {
  board.sync(issuesOf(unnamed({ title: 'One' }, { title: 'Two' })))
  const issue = board.get('two')
  issue.body = replaceKey(issue.body, 'first') ?? ''
  expect(renamesOf(unnamed({ title: 'Second' }, { title: 'First' }))).toEqual(['one > second', 'two > first'])
})
