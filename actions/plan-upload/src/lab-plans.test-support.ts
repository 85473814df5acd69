interface Task {
  readonly id?: string
  readonly title: string
  readonly after?: string
  readonly text?: string
}

export interface Story {
  readonly title: string
  readonly tasks: readonly Task[]
}

export function writePlan(stories: readonly Story[]): string {
  const task = ({ id, title, after, text = `What “${title}” is.` }: Task): readonly string[] => [
    `### Task: ${title}${id === undefined ? '' : ` {#${id}}`}`,
    ...(after === undefined ? [] : [`Depends on: ${after}`]),
    '',
    text,
  ]
  const lines = stories.flatMap(({ title, tasks }) => [`## Story: ${title}`, ...tasks.flatMap(task)])
  return ['---', 'title: Reminders', 'idea: 1', '---', '# Epic: Reminders', ...lines, ''].join('\n')
}

const tasksOf = (story: string, count: number): readonly Task[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${story}-${at + 1}`,
    title: `Do ${story} ${at + 1}`,
    ...(at > 0 && { after: `${story}-${at}` }),
  }))

/** 1 epic, 2 stories, 13 tasks and 11 links: two requests for the tasks. */
export const PLAN = writePlan([
  { title: 'North', tasks: [...tasksOf('north', 6), { title: 'Old name' }] },
  { title: 'South', tasks: tasksOf('south', 6) },
])

const [first, second, , fourth, ...others] = tasksOf('south', 6)

/** The same plan after every kind of change: made, edited, renamed, moved between two others, dropped, linked and unlinked. */
export const CHANGED_PLAN = writePlan([
  { title: 'North', tasks: [...tasksOf('north', 5), { title: 'New name' }, { id: 'added', title: 'Added', after: 'north-1' }] },
  {
    title: 'South',
    tasks: [
      ...(first === undefined ? [] : [{ ...first, text: 'Now it is this.' }]),
      ...(second === undefined ? [] : [{ ...second, title: 'Do it otherwise' }]),
      { id: 'north-6', title: 'Do north 6' },
      ...(fourth === undefined ? [] : [{ ...fourth, after: 'south-2' }]),
      ...others,
    ],
  },
  { title: 'West', tasks: tasksOf('west', 2) },
])

/** So many stories with so many tasks each; names are short, since a plan has 100,000 characters at most. */
export function largePlan(counts: readonly number[]): string {
  return writePlan(
    counts.map((count, at) => ({
      title: `S${at}`,
      tasks: Array.from({ length: count }, (_, no) => ({ id: `t${at}-${no}`, title: `T${at}.${no}`, text: '' })),
    })),
  )
}
