import { attachRunner, type Progress } from '@switchyard/workflow-runner'
import type { EventOptions, FiredEvent } from './events.ts'
import { openRepositories, type RepositoriesWanted } from './open-repositories.ts'

export interface Play {
  readonly event: FiredEvent
  readonly options: EventOptions
  readonly repositories: RepositoriesWanted
  /** Of the organisation, by name. */
  readonly secrets: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, string>>
  /** What stands in for the repositories of actions. */
  readonly actions: ReadonlyMap<string, string>
  readonly labels: readonly string[]
  /** Jobs at once; as many as there are processors, and at least 4, unless given. */
  readonly jobs: number | undefined
  /** Milliseconds of a minute, by which time limits count. */
  readonly minute: number | undefined
  /** Ends everything at once, with what steps have started. */
  readonly interrupted: Promise<void>
  readonly onProgress: (progress: Progress) => void
}

/** Lets one event happen on an embedded GitHub and waits until everything it caused has ended, or somebody interrupts it. */
export async function playEvent({
  event,
  options,
  repositories,
  secrets,
  variables,
  interrupted,
  onProgress,
  ...play
}: Play): Promise<void> {
  const open = await openRepositories(repositories)
  const { github, owner } = open
  try {
    const place = owner === open.actor ? { repository: open.chosen.fullName } : { organization: owner }
    for (const [name, value] of Object.entries(secrets)) github.world.setSecret({ ...place, name, value })
    for (const [name, value] of Object.entries(variables)) github.world.setVariable({ ...place, name, value })
    await event.prepare?.(open, options)
    const { actions, labels, jobs, minute } = play
    const runner = await attachRunner(github, {
      actions,
      labels,
      onProgress,
      ...(jobs === undefined ? {} : { jobs }),
      ...(minute === undefined ? {} : { minute }),
    })
    try {
      await event.fire(open, options, runner)
      await Promise.race([runner.idle(), interrupted])
    } finally {
      await runner.close()
    }
  } finally {
    await github.close()
  }
}
