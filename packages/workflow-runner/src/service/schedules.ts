import { Cron } from 'croner'
import type { World } from '@switchyard/local-github'
import { announce, getAccount, workflowsOf } from '@switchyard/local-github/runner'
import { parseWorkflow } from '../workflow/parse-workflow.ts'
import { findKey, findText, itemsOf } from '../workflow/template.ts'

export interface Due {
  /** ms since 1970. */
  readonly after: number
  readonly until: number
  /** One cron text; every one unless given. */
  readonly only?: string | undefined
}

/**
 * Sends the `schedule` events that fell due between two moments, each schedule once however often it fell
 * due: GitHub does not catch up on schedules either.
 */
export async function sendDueSchedules(world: World, { after, until, only }: Due): Promise<void> {
  for (const repository of world.state.repositories.values()) {
    const crons = new Set<string>()
    for (const { workflow, file } of await workflowsOf(world, repository)) {
      if (workflow.state !== 'active' || file.triggers?.has('schedule') !== true) continue
      const parsed = await parseWorkflow(file.path, file.text)
      if (!parsed.ok) continue
      for (const item of itemsOf(parsed.workflow.triggers.get('schedule'))) {
        const cron = findText(findKey(item, 'cron'))
        if (cron !== undefined && (only ?? cron) === cron && isDue(cron, findText(findKey(item, 'timezone')), { after, until })) {
          crons.add(cron)
        }
      }
    }
    const sender = getAccount(world, repository.ownerId)
    for (const schedule of crons) {
      announce(world, { name: 'schedule', repository, sender, cause: undefined, content: { schedule, workflow: null } })
    }
  }
}

function isDue(cron: string, timezone: string | undefined, { after, until }: Pick<Due, 'after' | 'until'>): boolean {
  const next = new Cron(cron, { timezone: timezone ?? 'UTC', mode: '5-part' }).nextRun(new Date(after))
  return next !== null && next.getTime() <= until
}
