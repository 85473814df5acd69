import { describe, expect, it } from 'vitest'
import { nodesOf, type Plan } from '../../src/index.ts'
import { parsePlan } from '../../src/plans.ts'
import { planIssues } from '../../src/tree.ts'

const HEAD = '# Epic: Login\n\n## Story: Form\n\n'

function planOf(text: string): Plan {
  const parsed = parsePlan(text, { file: 'p.md' })
  if (!parsed.ok) throw new Error(parsed.faults.map(({ code, place }) => `${code} ${place?.line}`).join())
  return parsed.plan
}

const tasksOf = (text: string) => planOf(text).epic.stories.flatMap(({ tasks }) => tasks)
const taskOf = (body: string) => tasksOf(`${HEAD}### Task: Fields\n\n${body}`)[0]
const idsOf = (text: string) => nodesOf(planOf(text)).map(({ id }) => id)
const warningsOf = (text: string) => {
  const parsed = parsePlan(text, { file: 'p.md' })
  return parsed.ok ? parsed.warnings.map(({ code, place, message }) => [code, place?.line, message]) : 'refused'
}

describe('front matter', () => {
  it('says what every issue gets', () => {
    const matter = 'title: Sign in\nidea: 12\nlabels: [auth, "good first issue"]\nmilestone: "1.0"\nassignees: [octocat]'
    const { epic, ...plan } = planOf(`---\n${matter}\n---\n# Epic:\n`)
    expect(plan).toEqual({ title: 'Sign in', idea: 12, labels: ['auth', 'good first issue'], milestone: '1.0', assignees: ['octocat'] })
    expect([epic.title, epic.id]).toEqual(['Sign in', 'sign-in'])
  })

  it.each(["'#12'", '"12"', '12'])('names the idea as %s', (idea) => {
    expect(planOf(`---\ntitle: A\nidea: ${idea}\n---\n# Epic: B\n`).idea).toBe(12)
  })

  it('may be left out: the epic’s title is the plan’s', () => {
    expect(planOf('# Epic: Login\n')).toMatchObject({ title: 'Login', idea: undefined, labels: [], milestone: undefined, assignees: [] })
  })
})

describe('headings', () => {
  it('make a tree, with what stands below each as its text', () => {
    const { epic } = planOf('# PBI: A\n\nWhy.\n\n## story: B ##\n\nHow.\n### TASK : C\n\n#### Notes\n\n- x\n\n## Story: D\n')
    expect(epic).toMatchObject({ title: 'A', text: 'Why.', place: { file: 'p.md', line: 1, column: 1 } })
    expect(epic.stories.map(({ title, text }) => [title, text])).toEqual([
      ['B', 'How.'],
      ['D', ''],
    ])
    expect(epic.stories[0]?.tasks).toMatchObject([{ title: 'C', text: '#### Notes\n\n- x', place: { line: 8 } }])
  })

  it('inside code, comments, lists and quotes are text', () => {
    const text = '```\n# Epic: B\n```\n\n<!--\n## Nothing\n-->\n\n- # Item\n\n> ## Quote\n\n    # Indented'
    expect(planOf(`# Epic: A\n\n${text}\n`).epic.text).toBe(text)
  })

  it('may be underlined', () => {
    expect(planOf('Epic: A\n=======\n\nStory: B\n---\n').epic.stories[0]?.title).toBe('B')
  })

  it('keep their Markdown, and a `#` that is part of a word', () => {
    expect(planOf('# Epic: Learn `C#` and F#\n').epic.title).toBe('Learn `C#` and F#')
  })

  it('may have 256 emoji', () => {
    expect([...planOf(`# Epic: ${'\u{1f600}'.repeat(256)}\n`).epic.title]).toHaveLength(256)
  })
})

describe('ids', () => {
  it('are the plan’s own, or made from titles', () => {
    expect(idsOf('# Epic: Log in! {#login}\n## Story: Été à Łódź\n### Task: API v2 — form\n')).toEqual([
      'login',
      'ete-a-odz-dfda246b',
      'api-v2-form',
    ])
  })

  it('tell apart what the Latin alphabet cannot say, and what is too long', () => {
    const ids = idsOf(
      `# Epic: \u{1f680}\n## Story: שלום\n## Story: مرحبا\n## Story: API 用户\n## Story: API 密码\n## Story: ${'long '.repeat(20)}\n`,
    )
    expect(new Set(ids).size).toBe(6)
    expect(ids.every((id) => /^[a-z0-9][a-z0-9-]{0,59}$/.test(id))).toBe(true)
    expect(ids[0]).toMatch(/^epic-[0-9a-f]{8}$/)
  })

  it('of one title under several parents have the parent’s in front, whatever the order', () => {
    expect(idsOf('# Epic: E\n## Story: A\n### Task: Tests\n## Story: B {#bee}\n### Task: Tests\n')).toEqual([
      'e',
      'a',
      'a-tests',
      'bee',
      'bee-tests',
    ])
  })
})

describe('fields', () => {
  it.each([
    'Files: `src/a.ts`, `docs/` (new) and `src/**/*.ts`',
    '**Files:** `src/a.ts`, `docs/`, `src/**/*.ts`',
    '__Bestanden__: `src/a.ts`,`docs/`,`src/**/*.ts`',
    'Some words\nfiles : `src/a.ts`, `docs/`, `src/**/*.ts`, `docs/`\nmore words',
    'Files:\n- `src/a.ts`: the form\n- `docs/`\n- [ ] `src/**/*.ts`',
    'Files:\n\n1. `src/a.ts`\n2. `docs/`\n3. `src/**/*.ts`',
    '#### Files\n\n- `src/a.ts`\n- `docs/`\n- `src/**/*.ts`',
  ])('name files: %j', (body) => {
    expect(taskOf(body)?.files).toEqual(['src/a.ts', 'docs/', 'src/**/*.ts'])
  })

  it('name files with commas, brackets and letters of any alphabet', () => {
    expect(taskOf('Files: `app/[id]/a,b.ts`, `docs/über uns.md`')?.files).toEqual(['app/[id]/a,b.ts', 'docs/über uns.md'])
  })

  it.each(['Depends on: A, `b-id`, Commas, and more', 'Depends on:\n- Task: a\n- {#b-id}\n- Commas, and more'])(
    'name dependencies: %j',
    (body) => {
      const others = '### Task: A\n### Task: B {#b-id}\n### Task: Commas, and more\n'
      expect(tasksOf(`${HEAD}${others}### Task: Last\n\n${body}\n`).at(-1)?.dependsOn).toEqual(['a', 'b-id', 'commas-and-more'])
    },
  )

  it.each(['none', '-', 'geen'])('may say that a task depends on %j', (word) => {
    expect(taskOf(`Depends on: ${word}`)?.dependsOn).toEqual([])
  })

  it.each([
    ['Verify: ALIGNED', 'ALIGNED'],
    ['verify_required: `none`.', 'NONE'],
    ['', 'ALIGNED_OR_PARTIAL'],
  ])('say what a pull request must give: %j', (body, expected) => {
    expect(taskOf(body)?.verify).toBe(expected)
  })

  it.each([
    'Acceptance criteria:\n\n- one\n- `two`\n\n- [ ] no box counts here',
    '**Acceptance**:\n- [ ] one\n- [x] `two`',
    'Notes:\n\n- a note\n\nThen\n\n* [ ] one\n* [x] `two`',
    '#### Acceptance criteria\n\n1. one\n2. `two`',
  ])('say when it is done: %j', (body) => {
    expect(taskOf(body)?.criteria.slice(0, 2)).toEqual(['one', '`two`'])
  })

  it('are text where they look like an address or stand in code', () => {
    expect(taskOf('files://a\n\n```\nFiles: x\n```\n')).toMatchObject({ files: [] })
  })
})

describe('warnings', () => {
  it('name where a story of 101 tasks and an epic of 91 stories are split', () => {
    const tasks = Array.from({ length: 101 }, (_, at) => `### Task: T${at}\n`).join('')
    const stories = Array.from({ length: 90 }, (_, at) => `## Story: S${at}\n`).join('')
    expect(warningsOf(`${HEAD}${tasks}${stories}`)).toEqual([
      ['many-children', 1, 'The epic has 91 stories, more than GitHub lists below one issue: 90 stay, 1 go to `Login (part 2)`.'],
      ['many-children', 3, 'The story has 101 tasks, more than GitHub lists below one issue: 90 stay, 11 go to `Form (part 2)`.'],
    ])
  })

  it('tell that an epic stands alone', () => {
    expect(warningsOf('# Epic: Login\n\nText.\n')).toEqual([
      ['no-stories', 1, 'The epic has no stories: it becomes one issue, and no more.'],
    ])
  })

  it('stand beside the errors of a refused plan, as many as a hundred faults leave room for', () => {
    const misnamed = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => `### Task: T${from + at}\n\nFile: x\n`).join('\n')
    const parsed = parsePlan(`${HEAD}${misnamed(0, 60)}\n### Task:\n\n${misnamed(60, 60)}`, { file: 'p.md' })
    const faults = parsed.ok ? [] : parsed.faults
    expect(faults).toHaveLength(100)
    expect(faults.flatMap(({ severity }, at) => (severity === 'error' ? [at] : []))).toEqual([60])
  })

  it('tell of fields that are not read', () => {
    expect(warningsOf(`Hello\n\n${HEAD}Files: \`a\`\n\n### Task: A\n\nDepend on: B\n`)).toEqual([
      ['stray-text', 1, 'Text above the first heading belongs to no issue.'],
      ['field-outside-task', 7, '`Files:` is read in tasks only.'],
      ['unknown-field', 11, '`Depend on:` is no field of a task.'],
    ])
  })
})

describe('texts', () => {
  const plan = `---\ntitle: A\n---\n${HEAD}### Task: T \u{1f600}\n\nFiles: \`a\`\n- [ ] x\n`

  it('with a byte-order mark and lines as on Windows give the same plan', () => {
    const { epic, ...rest } = planOf(`\ufeff${plan.replaceAll('\n', '\r\n')}`)
    const unix = planOf(plan)
    expect(rest).toEqual({ ...unix, epic: undefined, ...rest })
    expect(JSON.parse(JSON.stringify(epic).replaceAll('\\r', ''))).toEqual(unix.epic)
  })

  it('of 100,000 characters are read', () => {
    const begin = `${HEAD}### Task: A\n\n`
    const body = `${'word '.repeat(10_000)}\n\n### Task: B\n\n`
    expect(planOf(`\ufeff${(begin + body).padEnd(100_000, 'x')}`).epic.stories[0]?.tasks).toHaveLength(2)
  })

  it('inside another text have their lines counted from where they begin', () => {
    const parsed = parsePlan('---\ntitle: A\nx: 1\n---\n# Epic: A\n## B\n', { file: 'issue', line: 11 })
    expect(parsed.ok ? [] : parsed.faults.map(({ place }) => place)).toEqual([
      { file: 'issue', line: 13, column: 1 },
      { file: 'issue', line: 16, column: 1 },
    ])
  })
})

it('a plan becomes 1,000 issues at the most, parts of what has too many children among them', () => {
  const wide = (tasks: number): string => `${HEAD}${Array.from({ length: tasks }, (_, at) => `### Task: T${at}\n`).join('')}`
  expect(planIssues(planOf(wide(988)), { allowMentions: false, defuse: (text) => text })).toHaveLength(1_000)
  expect(parsePlan(wide(989), { file: 'p.md' })).toMatchObject({
    ok: false,
    faults: [
      {
        code: 'too-many-items',
        message: 'The plan would become 1001 issues; 1000 are allowed.',
        hint: expect.stringContaining('Split'),
        place: { line: 1 },
      },
      { code: 'many-children' },
    ],
  })
})

it('parts of stories count among the epic’s stories', () => {
  const stories = Array.from({ length: 85 }, (_, at) => `## Story: S${at}\n`).join('')
  const full = (at: number, count: number): string =>
    `## Story: Full ${at}\n${Array.from({ length: count }, (_, task) => `### Task: T${at} ${task}\n`).join('')}`
  const wide = (last: number): string => `# Epic: E\n${stories}${full(1, 400)}${full(2, 400)}${full(3, last)}`
  const count = planIssues(planOf(wide(90)), { allowMentions: false, defuse: (text) => text }).length
  expect(count).toBe(1 + 85 + 3 + 8 + 890 + 1)
  expect(parsePlan(wide(102), { file: 'p.md' })).toMatchObject({ ok: false, faults: [{ code: 'too-many-items' }, {}, {}, {}] })
  expect(parsePlan(wide(101), { file: 'p.md' }).ok).toBe(true)
})
