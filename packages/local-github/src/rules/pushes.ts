import type { Viewer } from '../auth/viewer.ts'
import { runGit } from '../git/process.ts'
import type { Push, PushRefusal } from '../git/push.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { decideRefChange } from './ref-changes.ts'
import { mayWriteWorkflows } from './workflow-files.ts'

/** The ref changes of a push that GitHub would refuse before git looks at them. */
export async function decidePush(
  context: WorldContext,
  viewer: Viewer,
  { repository, push }: { readonly repository: Repository; readonly push: Push },
): Promise<readonly PushRefusal[]> {
  if (repository.rulesets.length === 0 && mayWriteWorkflows(viewer)) return []
  // The rules look at commits, so these must be there; objects without a ref harm nobody.
  if (push.pack.length > 0) {
    await runGit({ directory: context.stores.directory(repository.id), args: ['unpack-objects', '-q'], input: push.pack })
  }
  const judged = await Promise.all(push.commands.map(async (command): Promise<PushRefusal | undefined> => {
    const refusal = await decideRefChange(context, viewer, { repository, ref: command.ref, old: command.old, new: command.new, isSigned: false })
    if (refusal === undefined) return undefined
    if (refusal.kind === 'workflow-files') return { ref: command.ref, reason: refusal.message, details: [] }
    const details = [`error: GH013: ${refusal.message.trim().split('\n')[0]} for ${command.ref}.`, ...refusal.message.trim().split('\n').slice(2)]
    return { ref: command.ref, reason: 'push declined due to repository rule violations', details }
  }))
  return judged.filter((refusal) => refusal !== undefined)
}
