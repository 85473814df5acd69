import { selectRepository } from '@switchyard/github'
import { type BranchPlan, ideaSubject, planSha256 } from '@switchyard/planning'
import type { Door } from './door.ts'
import { unseen } from './observe.ts'

/** A plan's file and whose it is. */
export interface PlanFile extends BranchPlan {
  /** Whether its issues are made. */
  readonly isPlanned: boolean
}

/** Which ideas the plans of these files belong to, and how far those are. */
export async function readPlanFiles(door: Door, paths: readonly string[]): Promise<readonly PlanFile[]> {
  if (paths.length === 0) return []
  const { repository } = door.given.context
  const wanted = { owner: repository.owner, name: repository.name, files: paths }
  const [answer] = await door.github.select([selectRepository('control', wanted)])
  const [{ parseRepository }, { findPlanIdea }] = await Promise.all([
    import('@switchyard/github/operations'),
    import('@switchyard/planning/plans'),
  ])
  const control = parseRepository(answer, wanted)
  if (control === undefined) throw unseen(repository.fullName)
  const named = paths.flatMap((path) => {
    const text = control.files.get(path)
    return text === undefined ? [] : [{ path, idea: findPlanIdea(text)?.number, sha256: planSha256(text) }]
  })
  const subjects = [...new Set(named.flatMap(({ idea }) => (idea === undefined ? [] : [ideaSubject(repository.id, idea)])))]
  const loaded = subjects.length === 0 ? undefined : await door.ledger.load({ subjects, idempotencyKeys: [] })
  return named.map((file) => {
    const { status, plan, converging } =
      (file.idea === undefined ? null : loaded?.getState(ideaSubject(repository.id, file.idea)).idea) ?? {}
    return { ...file, isPlanned: status === 'PLANNED', plan: plan ?? undefined, isBusy: (converging ?? null) !== null }
  })
}
