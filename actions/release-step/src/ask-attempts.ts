import { type RunRef, slicesOf } from '@switchyard/core'

export type Attempt = Pick<RunRef, 'repository' | 'run_id' | 'run_attempt'>

/** Requests under way at a time: a release may have hundreds of runs. */
const AT_ONCE = 10

/** Asks about each attempt of a run once, ten at a time, however many steps share it. What it gives finds the answer of an attempt. */
export async function askAttempts<Answer>(
  attempts: readonly Attempt[],
  ask: (attempt: Attempt) => Promise<Answer>,
): Promise<(attempt: Attempt) => Answer | undefined> {
  const answers = new Map<string, Answer>()
  const named = [...new Map(attempts.map((attempt) => [nameOf(attempt), attempt]))]
  for (const some of slicesOf(named, AT_ONCE)) {
    await Promise.all(some.map(async ([name, attempt]) => answers.set(name, await ask(attempt))))
  }
  return (attempt) => answers.get(nameOf(attempt))
}

function nameOf({ repository, run_id, run_attempt }: Attempt): string {
  return `${repository} ${run_id} ${run_attempt}`
}
