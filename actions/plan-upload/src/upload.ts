import { planSha256 } from '@switchyard/planning'
import { renderUploaded } from '@switchyard/planning/render'
import { askLedger } from './ask-ledger.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { type PlanWanted, readPlanText } from './plan-source.ts'
import { readPlan } from './read-plan.ts'
import { siteOf } from './site.ts'
import { refusePublic } from './refuse-public.ts'
import type { Scene, Told } from './scene.ts'

/** Takes a plan for an idea, if it parses: it is ready then, and a review of an older one no longer counts. */
export async function upload(door: Door, scene: Scene, wanted: PlanWanted): Promise<Told> {
  refusePublic(door, scene.observation)
  const read = await readPlan(scene, await readPlanText(door, scene, wanted))
  if ('told' in read) return read.told
  const { written, warnings } = read
  const { asker, issue, isDryRun, observation } = scene
  door.texts.note(written.text)
  const asked = await askLedger(door, scene, { kind: 'upload', asker, issue, plan: written })
  if ('told' in asked) return asked.told
  const isNew = asked.events.length > 0
  const before = ideaOf(scene.loaded, observation.subject)
  const counts = { stories: written.stories, tasks: written.tasks }
  return {
    decision: isDryRun || !isNew ? 'nothing-to-do' : 'done',
    reasonCode: isDryRun ? 'dry-run' : isNew ? 'uploaded' : 'nothing-changed',
    headline: isNew
      ? `The plan “${written.title}” ${isDryRun ? 'parses' : 'is ready'}: ${counts.stories} stories, ${counts.tasks} tasks.`
      : 'This very plan is ready already.',
    reply:
      isNew && !isDryRun
        ? renderUploaded({
            site: siteOf(door, issue.number),
            plan: { ...written, length: written.text.length, sha256: planSha256(written.text) },
            from: before?.status ?? 'DRAFT',
            supersedesReview: (before?.rounds.length ?? 0) > 0,
            warnings,
          })
        : isNew
          ? 'The plan parses; nothing has changed.'
          : 'This very plan is ready already.',
    result: { title: written.title, ...counts },
    annotations: written.source.kind === 'file' ? warnings.map(({ message, place }) => ({ level: 'warning', message, ...place })) : [],
    loaded: asked.loaded,
    isChange: isNew && !isDryRun,
  }
}
