import type { RepositoryPlan } from '../model.ts'
import { describeSetting } from '../recipe/actions/settings.ts'
import type { Setting } from '../recipe/outcome.ts'

/** Something that a run will do outside, with the number of its writes to GitHub. */
export interface PlannedEffect {
  readonly what: string
  readonly writes: number
}

/** What a run does to GitHub, in its order. The ledger's own commits and the progress comment are not counted. */
export function plannedEffects({ owner, name, visibility }: RepositoryPlan, settings: readonly Setting[]): readonly PlannedEffect[] {
  return [
    { what: `creates the ${visibility} repository ${owner}/${name}`, writes: 1 },
    { what: 'pushes one commit to main', writes: 1 },
    ...settings.map((setting) => ({ what: describeSetting(setting), writes: writesOf(setting) })),
    // Until it is the last of all, the description holds the run's id, by which the repository is known as ours.
    { what: 'sets the description', writes: 1 },
  ]
}

function writesOf(setting: Setting): number {
  return setting.kind === 'CREATE_LABELS' ? setting.params.labels.length : 1
}
