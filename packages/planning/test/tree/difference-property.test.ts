import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PlanIssue, parseBody, sectionHash } from '../../src/tree.ts'
import { Board } from './a-board.ts'
import { issuesOf, type StoryDraft } from './a-plan.ts'

const NAMES = ['ant', 'bee', 'cat', 'dog', 'eel', 'fox', 'gnu', 'hen', 'ibex', 'jay', 'koi', 'lark']
const text = fc.constantFrom('', 'Do it.', 'Do it\r\nwell.  ', '```\n<!-- /switchyard:plan section -->\n```', '# A heading\n\n- [ ] A box')
const title = fc.constantFrom('One', 'Two', 'Three', 'Four', 'Five')

/** Plans over one set of names, so that the same names come back at other places and levels, with ids of their own or without. */
const plan = fc
  .record({
    names: fc.shuffledSubarray(NAMES, { minLength: 1 }),
    cuts: fc.array(fc.nat(4), { minLength: 12, maxLength: 12 }),
    titles: fc.array(title, { minLength: 12, maxLength: 12 }),
    texts: fc.array(text, { minLength: 12, maxLength: 12 }),
    own: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    blockers: fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }),
  })
  .map(({ names: [epic = 'ant', ...names], cuts, titles, texts, own, blockers }) => {
    const draft = (id: string, at: number) => ({ id, title: titles[at] ?? '', text: texts[at] ?? '', hasOwnId: own[at] ?? false })
    const stories: (StoryDraft & { tasks: { id: string; dependsOn: string[] }[] })[] = []
    const tasks: string[] = []
    for (const [at, name] of names.entries()) {
      const story = stories.at(-1)
      if (!story || cuts[at] === 0) stories.push({ ...draft(name, at), tasks: [] })
      else {
        const blocker = tasks[blockers[at] ?? 0]
        story.tasks.push({ ...draft(name, at), dependsOn: blocker === undefined ? [] : [blocker] })
        tasks.push(name)
      }
    }
    return issuesOf({ epic: draft(epic, 11), stories })
  })

const edit = fc.record({
  which: fc.nat(),
  what: fc.constantFrom('title', 'section', 'outside', 'markers', 'close', 'reparent', 'detach', 'delete', 'crlf'),
  other: fc.nat(),
})

/** Somebody changes one of the issues by hand. */
function editByHand(board: Board, { which, what, other }: { which: number; what: string; other: number }): void {
  const all = [...board.issues.values()]
  const issue = all[which % all.length]
  if (!issue) return
  const target = all[other % all.length]
  const end = '<!-- /switchyard:plan section -->'
  if (what === 'title') issue.title = `Theirs ${other}`
  if (what === 'section') issue.body = issue.body.replace(end, `Theirs ${other}\n${end}`)
  if (what === 'outside') issue.body = `${issue.body}\n\nTheirs ${other}  `
  if (what === 'markers') issue.body = issue.body.replace('<!-- switchyard:plan section -->', `Theirs ${other}`)
  if (what === 'crlf') issue.body = issue.body.replaceAll(/\r?\n/g, '\r\n')
  if (what === 'close') issue.isOpen = false
  if (what === 'detach') issue.parent = undefined
  if (what === 'delete') {
    board.issues.delete(issue.number)
    for (const child of all) if (child.parent === issue.number) child.parent = undefined
  }
  if (what === 'reparent' && target) {
    for (let above: number | undefined = target.number; above !== undefined; above = board.issues.get(above)?.parent) {
      if (above === issue.number) return
    }
    issue.parent = target.number
  }
}

/** Everything that people wrote, in bodies that are still there. */
function writtenByHand(board: Board): ReadonlyMap<number, readonly string[]> {
  return new Map([...board.issues].map(([number, { title, body }]) => [number, `${title}\n${body}`.match(/Theirs \d+/g) ?? []]))
}

function expectAsWanted(board: Board, wanted: readonly PlanIssue[], excused: ReadonlySet<string>): void {
  const numbers = new Map(board.applied.map(({ key, number }) => [key, number]))
  for (const issue of wanted) {
    if (excused.has(issue.key)) continue
    const is = board.get(issue.key)
    expect(is.title).toBe(issue.title)
    expect(parseBody(is.body)).toMatchObject({ key: issue.key })
    const body = parseBody(is.body)
    expect(typeof body === 'object' && sectionHash(body.section)).toBe(sectionHash(issue.section))
    if (issue.parent !== undefined && !excused.has(issue.parent)) expect(is.parent).toBe(numbers.get(issue.parent))
    for (const blocker of issue.dependsOn) if (!excused.has(blocker)) expect(is.blockers).toContain(numbers.get(blocker))
  }
  const keys = new Set(wanted.map(({ key }) => key))
  for (const { key, number } of board.applied) if (!keys.has(key)) expect(board.issues.get(number)?.isOpen).not.toBe(true)
}

it('a plan without issues, and then any other plan: the issues become what each wants, and a second difference is empty', () => {
  fc.assert(
    fc.property(fc.array(plan, { minLength: 1, maxLength: 4 }), (plans) => {
      const board = new Board()
      for (const wanted of plans) {
        expect(board.sync(wanted).conflicts).toEqual([])
        expectAsWanted(board, wanted, new Set())
        expect(board.differ(wanted)).toMatchObject({ changes: [], conflicts: [] })
      }
    }),
    { numRuns: 250 },
  )
})

it('whatever people do in between: nothing they wrote is lost, all else is as wanted, and what is left is the same conflicts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(plan, fc.array(edit, { maxLength: 6 })), { minLength: 2, maxLength: 4 }), (rounds) => {
      const board = new Board()
      for (const [wanted, edits] of rounds) {
        const before = writtenByHand(board)
        const closed = [...board.issues.values()].filter(({ isOpen }) => !isOpen).map(({ number }) => number)
        const difference = board.sync(wanted)
        const after = writtenByHand(board)
        for (const [number, texts] of before) expect(after.get(number)).toEqual(texts)
        const revived = difference.changes.flatMap((change) => (change.kind === 'revive' ? [change.number] : []))
        for (const number of closed) expect(board.issues.get(number)?.isOpen).toBe(revived.includes(number))
        expectAsWanted(board, wanted, new Set(difference.conflicts.map(({ key }) => key)))
        const again = board.differ(wanted)
        expect(again.changes).toEqual([])
        expect(again.conflicts).toEqual(difference.conflicts)
        for (const made of edits) editByHand(board, made)
      }
    }),
    { numRuns: 250 },
  )
})

it('the same issues and the same plan have the same hash, in whatever order the issues were listed', () => {
  fc.assert(
    fc.property(plan, plan, fc.array(edit, { maxLength: 6 }), (first, second, edits) => {
      const board = new Board()
      board.sync(first)
      for (const made of edits) editByHand(board, made)
      const { hash } = board.differ(second)
      expect(hash).toMatch(/^[0-9a-f]{12}$/)
      const issues = [...board.issues].reverse()
      board.issues.clear()
      for (const [number, issue] of issues) board.issues.set(number, issue)
      expect(board.differ(second).hash).toBe(hash)
    }),
    { numRuns: 100 },
  )
})

it('an interrupted first run goes on: what it made is found by its mark, and nothing is made twice', () => {
  fc.assert(
    fc.property(plan, fc.nat(12), (wanted, made) => {
      const board = new Board()
      board.sync(wanted)
      // Killed before anything was written down, and before the last issues were made.
      board.applied = []
      const numbers = [...board.issues.keys()]
      for (const number of numbers.slice(Math.max(1, made))) board.issues.delete(number)
      const kept = board.issues.size
      const { changes, conflicts } = board.sync(wanted)
      expect(conflicts).toEqual([])
      expect(changes.filter(({ kind }) => kind === 'create')).toHaveLength(wanted.length - kept)
      expect(board.issues.size).toBe(wanted.length)
      expectAsWanted(board, wanted, new Set())
      expect(board.differ(wanted)).toMatchObject({ changes: [], conflicts: [] })
    }),
    { numRuns: 200 },
  )
})

it('killed after any step, a sync that is taken up again ends as if nothing had happened', () => {
  fc.assert(
    fc.property(plan, plan, fc.array(edit, { maxLength: 4 }), fc.array(fc.nat(15), { maxLength: 3 }), (first, second, edits, kills) => {
      const [killed, whole] = [new Board(), new Board()]
      for (const board of [killed, whole]) {
        board.sync(first)
        for (const made of edits) editByHand(board, made)
      }
      for (const after of kills) killed.sync(second, after)
      killed.sync(second)
      whole.sync(second)
      expect(killed.applied).toEqual(whole.applied)
      expect([...killed.issues.values()]).toEqual([...whole.issues.values()])
      expect(killed.differ(second).changes).toEqual([])
    }),
    { numRuns: 250 },
  )
})
