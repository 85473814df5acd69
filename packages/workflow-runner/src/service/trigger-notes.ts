import type { World } from '@switchyard/local-github'
import { fullName, workflowsOf } from '@switchyard/local-github/runner'
import { startingEvents } from './event-facts.ts'

/** Names what workflows ask for that never happens here, so that nobody waits for it. */
export async function findDeafTriggers(world: World): Promise<readonly string[]> {
  const notes: string[] = []
  for (const repository of world.state.repositories.values()) {
    for (const { file } of await workflowsOf(world, repository)) {
      const deaf = [...(file.triggers?.keys() ?? [])].filter((name) => !startingEvents.includes(name))
      if (deaf.length === 0) continue
      notes.push(
        `${file.path} of ${fullName(world, repository)} asks for ${deaf.map((name) => `\`${name}\``).join(', ')}: this never happens here`,
      )
    }
  }
  return notes
}
