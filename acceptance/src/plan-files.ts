/** A plan of so many stories with so many tasks each; each task waits for the one before it in its story. */
export function planOf(stories: number, tasks: number, { idea = 1, head = '' }: { readonly idea?: number; readonly head?: string } = {}): string {
  const story = (at: number): string => {
    const task = (no: number): string =>
      [
        `### Task: Do ${at}.${no} {#task-${at}-${no}}`,
        '',
        `Files: \`src/${at}/${no}.ts\``,
        ...(no === 1 ? [] : [`Depends on: task-${at}-${no - 1}`]),
        '',
        `What is to be done for ${at}.${no}.`,
        '',
      ].join('\n')
    return [`## Story: Story ${at} {#story-${at}}`, '', `What story ${at} is for.`, '', ...Array.from({ length: tasks }, (_, no) => task(no + 1))].join('\n')
  }
  return [
    '---',
    'title: Reminders',
    `idea: ${idea}`,
    ...(head === '' ? [] : [head]),
    '---',
    '',
    '# Epic: Reminders {#reminders}',
    '',
    'Why there are reminders.',
    '',
    ...Array.from({ length: stories }, (_, at) => story(at + 1)),
  ].join('\n')
}

/** One epic, one story, three tasks. */
export const SMALL_PLAN = planOf(1, 3)
