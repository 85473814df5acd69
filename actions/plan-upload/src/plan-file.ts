import { selectRepository } from '@switchyard/github'
import type { Door } from './door.ts'
import { unseen } from './observe.ts'

/** A plan's file as the default branch has it. */
export interface PlanFile {
  /** The idea's issue; undefined: the file names none. */
  readonly idea: number | undefined
}

/** Which idea the plan of a file belongs to; undefined: there is no such file. */
export async function findPlanFile(door: Door, path: string): Promise<PlanFile | undefined> {
  const { repository } = door.given.context
  const wanted = { owner: repository.owner, name: repository.name, files: [path] }
  const [answer] = await door.github.select([selectRepository('control', wanted)])
  const [{ parseRepository }, { findPlanIdea }] = await Promise.all([
    import('@switchyard/github/operations'),
    import('@switchyard/planning/plans'),
  ])
  const control = parseRepository(answer, wanted)
  if (control === undefined) throw unseen(repository.fullName)
  const text = control.files.get(path)
  return text === undefined ? undefined : { idea: findPlanIdea(text)?.number }
}
