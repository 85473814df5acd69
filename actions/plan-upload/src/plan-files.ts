import { selectRepository } from '@switchyard/github'
import type { Door } from './door.ts'
import { unseen } from './observe.ts'

/** A plan's file and whose it is. */
export interface PlanFile {
  readonly path: string
  /** The idea's issue; undefined: the file names none. */
  readonly idea: number | undefined
}

/** Which ideas the plans of these files belong to, as the default branch has them. */
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
  return paths.flatMap((path) => {
    const text = control.files.get(path)
    return text === undefined ? [] : [{ path, idea: findPlanIdea(text)?.number }]
  })
}
