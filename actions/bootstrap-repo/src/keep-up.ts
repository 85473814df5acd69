import type { Outcome } from '@switchyard/action'
import { REPOSITORIES_DOCUMENT } from '@switchyard/bootstrapping'
import { isUpdateDue } from '@switchyard/bootstrapping/recipe'
import { GitHubError, toSwitchyardError, UserError } from '@switchyard/core'
import { createCatalogueHistory, readCatalogue } from './catalogue.ts'
import { compareOne, type CompareWishes } from './compare-one.ts'
import type { Door } from './door.ts'
import { inParallel } from './in-parallel.ts'
import { readMadeRepositories } from './made-repositories.ts'
import { observe } from './observe.ts'
import { openUpdates } from './open-updates.ts'
import { planUpdate } from './plan-update.ts'
import { recoverOthers } from './recover.ts'
import { refusePublic } from './refuse-public.ts'
import { reportDrift, type Seen, type Unseen } from './report-drift.ts'
import type { Spec } from './run.ts'
import { createTemplates } from './templates.ts'
import { toSubject } from './to-subject.ts'

/** Repositories that are looked at together: each holds three trees of files. */
const MAX_PARALLEL = 4

/** `drift`: how far made repositories and what they were made from have moved apart. `update`: pull requests that bring them up to date. */
export async function keepUp(door: Door, mode: 'drift' | 'update'): Promise<Outcome<Spec>> {
  const { inputs, io } = door.given
  const first = await observe(door, {
    subjects: inputs.repositories.map(toSubject),
    documents: [REPOSITORIES_DOCUMENT],
    files: [inputs.catalogPath],
  })
  const observation = mode === 'update' ? await recoverOthers(door, first, { except: undefined }) : first
  const today = await readCatalogue(door, observation.control)
  const names = inputs.repositories.length > 0 ? inputs.repositories : await readMadeRepositories(door, observation)
  const shared = { today, history: createCatalogueHistory(door), templates: createTemplates(door) }
  const looked = await inParallel(withoutDoubles(names), MAX_PARALLEL, (repository) => look(door, { ...shared, repository }, mode))
  const unseen = looked.flatMap((one) => ('message' in one ? [one] : []))
  // A repository that was renamed is found by its old name and by its new one.
  const seen = [...new Map(looked.flatMap((one) => ('message' in one ? [] : [[one.id, one] as const]))).values()]
  // Names that the ledger tells are nobody's to print where everybody reads; those of the input stand in the workflow.
  const unknown = inputs.repositories.length > 0 ? [] : unseen.map(({ repository }) => repository)
  refusePublic(door, observation, [...seen.flatMap(({ visibility, fullName }) => (visibility === 'public' ? [] : [fullName])), ...unknown])
  for (const { repository, message } of unseen) {
    io.annotate({ level: 'warning', message: `${repository} could not be compared: ${message}` })
  }
  return mode === 'drift' ? reportDrift({ seen, unseen }) : openUpdates(door, { seen, unseen })
}

function withoutDoubles(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [toSubject(name), name])).values()]
}

/** One repository that cannot be read keeps none of the others waiting; a fault of ours, or a credential that is no good, ends it. */
async function look(door: Door, wishes: CompareWishes, mode: 'drift' | 'update'): Promise<Seen | Unseen> {
  try {
    const compared = await compareOne(door, wishes)
    const { id, fullName, visibility, drift, runsCommands } = compared
    const planned = mode === 'update' && isUpdateDue(drift) ? await planUpdate(compared) : undefined
    return { id, fullName, visibility, drift, runsCommands, planned }
  } catch (error) {
    const isTheirs = error instanceof UserError || (error instanceof GitHubError && error.code !== 'GITHUB_UNAUTHORIZED')
    if (!isTheirs) throw error
    const { message, hint } = toSwitchyardError(error)
    return { repository: wishes.repository, message: [message, hint].filter((text) => text !== undefined).join(' ') }
  }
}
