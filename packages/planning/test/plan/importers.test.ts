import { describe, expect, it } from 'vitest'
import { nodesOf } from '../../src/index.ts'
import { importChecklist, importSpecKitTasks, parsePlan } from '../../src/plans.ts'

const SOURCE = { file: 'tasks.md', title: 'Sign in' }

const SPEC_KIT = `---
description: "Tasks"
---

# Tasks: Photo albums

**Prerequisites**: plan.md

## Format: \`[ID] [P?] [Story] Description\`

- **[P]**: can be done beside others

## Phase 1: Setup (Shared Infrastructure)

**Purpose**: What all need

- [ ] T001 Create the project's folders
- [x] T002 [P] Configure the linter in \`.oxlintrc.json\` and config/

## Phase 3: User Story 1 - Albums (Priority: P1)

### Tests for User Story 1

- [ ] T010 [P] [US1] Contract test in tests/contract/test_albums.py

### Implementation for User Story 1

- [ ] T012 [US1] Implement AlbumService in src/services/albums.py, and/or its cache (depends on T010, T001)
  - keep it small
- [ ] TXXX Write @everyone about <b>

## Dependencies & Execution Order

- Setup comes first
`

function planOf(imported: ReturnType<typeof importChecklist>) {
  if (!imported.ok) throw new Error(imported.faults.map(({ message }) => message).join())
  const parsed = parsePlan(imported.markdown, { file: 'plan.md' })
  if (!parsed.ok) throw new Error(imported.markdown)
  return parsed.plan
}

const faultsOf = (imported: ReturnType<typeof importChecklist>) =>
  (imported.ok ? imported.warnings : imported.faults).map(({ code, place }) => [code, place?.line, place?.column])

describe('the tasks of spec-kit', () => {
  it('become a plan that is read', () => {
    const plan = planOf(importSpecKitTasks(SPEC_KIT, SOURCE))
    expect(plan.title).toBe('Photo albums')
    expect(plan.epic.stories.map(({ title, text }) => [title, text])).toEqual([
      ['Setup (Shared Infrastructure)', '**Purpose**: What all need'],
      ['User Story 1 - Albums (Priority: P1)', ''],
    ])
    expect(plan.epic.stories.flatMap(({ tasks }) => tasks)).toMatchObject([
      { id: 't001', hasOwnId: true, title: "Create the project's folders", files: [], dependsOn: [] },
      { id: 't002', title: 'Configure the linter in `.oxlintrc.json` and config/', files: ['config/'] },
      { id: 't010', title: 'Contract test in tests/contract/test_albums.py', files: ['tests/contract/test_albums.py'] },
      { id: 't012', files: ['src/services/albums.py'], dependsOn: ['t010', 't001'] },
      { id: 'write-everyone-about-b', title: 'Write @everyone about <b>' },
    ])
    expect(plan.epic.stories[1]?.tasks[1]?.text).toContain('User story 1.\n\n- keep it small')
  })

  it('warn of what is ticked', () => {
    expect(faultsOf(importSpecKitTasks(SPEC_KIT, SOURCE))).toEqual([['ticked-item', 18, 1]])
  })

  it.each([
    ['# Tasks: A\n\n- [ ] a\n', [['no-tasks', 1, 1]]],
    ['- [ ] T001 a\n- [ ] T001 b\n', [['duplicate-id', 2, 1]]],
    ['- [ ] T001 a (depends on T009)\n', [['unknown-dependency', 1, 1]]],
    ['- [ ] T001 a (depends on T002)\n- [ ] T002 b (depends on T001)\n', [['cyclic-dependency', 1, 1]]],
    ['> '.repeat(20), [['too-intricate', 1, 1]]],
    ['x'.repeat(100_001), [['plan-too-long', 1, 1]]],
  ])('are refused: %#', (text, expected) => {
    expect(faultsOf(importSpecKitTasks(text, SOURCE))).toEqual(expected)
  })

  it('are found below front matter that is empty, whatever rules follow', () => {
    const plan = planOf(importSpecKitTasks('---\n---\n\n- [ ] T001 Begin\n\n---\n\n- [ ] T002 End\n', SOURCE))
    expect(nodesOf(plan).map(({ id }) => id)).toEqual(expect.arrayContaining(['t001', 't002']))
  })

  it('are refused with the reason, however many ticked ones stand before it', () => {
    const ticked = Array.from({ length: 120 }, (_, at) => `- [x] T${at + 100} a\n`).join('')
    const faults = faultsOf(importSpecKitTasks(`${ticked}- [ ] T100 b\n`, SOURCE))
    expect(faults).toHaveLength(100)
    expect(faults.at(-1)).toEqual(['duplicate-id', 121, 1])
  })
})

describe('a checklist', () => {
  it('becomes a plan that is read: headings are stories, items tasks', () => {
    const plan = planOf(
      importChecklist(
        '- [ ] Before\n- no box\n\n## Form\n\n- [ ] Fields {#x}\n  - [ ] name\n\n  ```sh\n  # a\n  ```\n- [ ] Fields #\n',
        SOURCE,
      ),
    )
    expect(plan.title).toBe('Sign in')
    expect(nodesOf(plan).map(({ level, title }) => [level, title])).toEqual([
      ['epic', 'Sign in'],
      ['story', 'Sign in'],
      ['task', 'Before'],
      ['story', 'Form'],
      ['task', 'Fields {#x}'],
      ['task', 'Fields #'],
    ])
    expect(plan.epic.stories[1]?.tasks[0]).toMatchObject({ text: '- [ ] name\n\n```sh\n# a\n```', criteria: ['name'] })
  })

  it('without boxes has every item for a task, and its first heading for a title', () => {
    const plan = planOf(importChecklist('# "Out"\r\n\r\n1. one\r\n2. one\r\n', SOURCE))
    expect([plan.title, ...plan.epic.stories.flatMap(({ tasks }) => tasks.map(({ id }) => id))]).toEqual(['"Out"', 'one', 'one-2'])
  })

  it('keeps a long item whole', () => {
    const long = 'word '.repeat(80).trim()
    const task = planOf(importChecklist(`- [ ] ${long}\n`, SOURCE)).epic.stories[0]?.tasks[0]
    expect([[...(task?.title ?? '')].length, task?.text]).toEqual([256, long])
  })

  it.each(['', 'words', '# A\n'])('without items is refused: %j', (text) => {
    expect(faultsOf(importChecklist(text, SOURCE))).toEqual([['no-tasks', 1, 1]])
  })
})
