import type { World, WorldEvent } from '@switchyard/local-github'
import { getAccount, type KnownWorkflow, readWorkflowFiles, startRun, workflowsOf } from '@switchyard/local-github/runner'
import { matchesTrigger } from '../triggers/match-trigger.ts'
import { parseWorkflow } from '../workflow/parse-workflow.ts'
import { type EventStart, readEventStarts } from './event-facts.ts'

/** How many `workflow_run` events may follow each other. Source: github-facts 3.3. */
const LONGEST_CHAIN = 3

/**
 * Starts the workflows that an event asks for, as GitHub does: from the file that counts for the event, if its filters let
 * the event pass. What a job's token causes starts nothing, except `repository_dispatch` and what follows a run. A
 * `workflow_dispatch` starts nothing here: the request that asked for it has started the run itself.
 */
export async function startRunsFor(world: World, event: WorldEvent): Promise<void> {
  const isOwnDoing = event.cause === 'job' && event.name !== 'workflow_run' && event.name !== 'repository_dispatch'
  if (isOwnDoing) return
  for (const start of await readEventStarts(world, event)) {
    if (start.isSkipped || start.chained > LONGEST_CHAIN) continue
    for (const workflow of await findTriggered(world, event, start)) await startOne(world, { event, start, workflow })
  }
}

async function findTriggered(world: World, event: WorldEvent, start: EventStart): Promise<readonly KnownWorkflow[]> {
  const repository = world.state.repositories.get(event.repositoryId)
  if (repository === undefined) return []
  const known = await workflowsOf(world, repository)
  const files = await readWorkflowFiles(world.stores.get(repository.id), start.fileSha)
  const found: KnownWorkflow[] = []
  for (const file of files) {
    const workflow = known.find((each) => each.file.path === file.path)?.workflow ?? world.workflow(repository.id, file.path)
    if (workflow.state !== 'active' || file.triggers?.has(start.facts.name) !== true) continue
    const parsed = await parseWorkflow(file.path, file.text)
    // A file that is refused still becomes a run, which says why: filters that cannot be read let everything pass.
    if (!parsed.ok || matchesTrigger(parsed.workflow.triggers.get(start.facts.name), start.facts)) found.push({ workflow, file })
  }
  return found
}

async function startOne(
  world: World,
  { event, start, workflow }: { readonly event: WorldEvent; readonly start: EventStart; readonly workflow: KnownWorkflow },
): Promise<void> {
  const repository = world.state.repositories.get(event.repositoryId)
  if (repository === undefined) return
  const { sender } = event.payload
  const login = typeof sender === 'object' && sender !== null && 'login' in sender ? String(sender.login) : undefined
  const { ref, headRef, baseRef, fileSha, fileRef, chained } = start
  await startRun(world, {
    repository,
    workflow,
    event: start.facts.name,
    cause: event.cause,
    headBranch: start.headBranch,
    headSha: start.sha,
    actor: login === undefined ? getAccount(world, repository.ownerId) : getAccount(world, login),
    ...(start.title === undefined || start.title === '' ? {} : { title: start.title }),
    origin: { payload: event.payload, ref, headRef, baseRef, fileSha, fileRef, chained },
  })
}
