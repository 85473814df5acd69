import type { Viewer } from '../auth/viewer.ts'
import { runGit } from '../git/process.ts'
import type { Push, PushRefusal } from '../git/push.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { decideRefChange, type RefRefusal } from './ref-changes.ts'
import { rulesetsOver } from './rulesets.ts'
import { mayWriteWorkflows } from './workflow-files.ts'

/** The ref changes of a push that GitHub would refuse before git looks at them. */
export async function decidePush(
  context: WorldContext,
  viewer: Viewer,
  { repository, push }: { readonly repository: Repository; readonly push: Push },
): Promise<readonly PushRefusal[]> {
  const isFree = rulesetsOver(context, repository).length === 0 && repository.protections.size === 0
  if (isFree && mayWriteWorkflows(viewer)) return []
  // The rules look at commits, so these must be there; objects without a ref harm nobody.
  if (push.pack.length > 0) {
    await runGit({ directory: context.stores.directory(repository.id), args: ['unpack-objects', '-q'], input: push.pack })
  }
  const judged = await Promise.all(
    push.commands.map(async (command): Promise<PushRefusal | undefined> => {
      const refusal = await decideRefChange(context, viewer, {
        repository,
        ref: command.ref,
        old: command.old,
        new: command.new,
        how: 'move',
      })
      return refusal === undefined ? undefined : toPushRefusal(refusal, command.ref)
    }),
  )
  return judged.filter((refusal) => refusal !== undefined)
}

/** Words as `git push` shows them in public threads. */
function toPushRefusal(refusal: RefRefusal, ref: string): PushRefusal {
  switch (refusal.kind) {
    case 'workflow-files':
      return { ref, reason: refusal.message, details: [] }
    case 'protection':
      return {
        ref,
        reason: 'protected branch hook declined',
        details: [`error: GH006: Protected branch update failed for ${ref}.`, ...refusal.lines.flatMap((line) => ['', `- ${line}`])],
      }
    case 'rules': {
      const [title, , ...broken] = refusal.message.trim().split('\n')
      return { ref, reason: 'push declined due to repository rule violations', details: [`error: GH013: ${title} for ${ref}.`, ...broken] }
    }
    default:
      return refusal satisfies never
  }
}
