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
  readonly onProgress: (progress: Progress) => void
}

/** Lets one event happen on an embedded GitHub and waits until everything it caused has ended. */
export async function playEvent({ event, options, repositories, secrets, variables, actions, labels, onProgress }: Play): Promise<void> {
  const open = await openRepositories(repositories)
  const { github, owner } = open
  try {
    const place = owner === open.actor ? { repository: open.chosen.fullName } : { organization: owner }
    for (const [name, value] of Object.entries(secrets)) github.world.setSecret({ ...place, name, value })
    for (const [name, value] of Object.entries(variables)) github.world.setVariable({ ...place, name, value })
    await event.prepare?.(open, options)
    const runner = await attachRunner(github, { actions, labels, onProgress })
    try {
      await event.fire(open, options, runner)
      await runner.idle()
    } finally {
      await runner.close()
    }
  } finally {
    await github.close()
  }
}
