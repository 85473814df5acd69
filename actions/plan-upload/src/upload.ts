import { annotateFault } from '@switchyard/action'
import { countOf, InternalError } from '@switchyard/core'
import { renderUploaded } from '@switchyard/planning/render'
import { askLedger } from './ask-ledger.ts'
import type { Door } from './door.ts'
import { type PlanWanted, readPlanText } from './plan-source.ts'
import { readPlan } from './read-plan.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'

/** Takes a plan for an idea, if it parses: it is ready then, and a review of an older one no longer counts. */
export async function upload(door: Door, scene: Scene, wanted: PlanWanted): Promise<Told> {
  const read = await readPlan(scene, await readPlanText(door, scene, wanted))
  if ('told' in read) return read.told
  const { written, warnings } = read
  const { asker, issue, isDryRun } = scene
  door.texts.note(written.text)
  const asked = await askLedger(door, scene, { kind: 'upload', asker, issue, plan: written })
  if ('told' in asked) return asked.told
  const told = {
    result: { title: written.title, stories: written.stories, tasks: written.tasks },
    annotations: written.source.kind === 'file' ? warnings.map(annotateFault) : [],
    loaded: asked.loaded,
  }
  const [event] = asked.events
  if (event === undefined) {
    const headline = 'This very plan is kept already: nothing has changed.'
    return { ...told, decision: 'nothing-to-do', reasonCode: 'nothing-changed', headline, reply: headline, isChange: false }
  }
  if (event.type !== 'plan.uploaded') throw new InternalError('An upload was recorded as something else.')
  const { plan, length, from_status: from, superseded_rounds: rounds } = event.data
  const verb = isDryRun ? 'has no fault; nothing has changed' : 'is ready'
  return {
    ...told,
    decision: isDryRun ? 'nothing-to-do' : 'done',
    reasonCode: isDryRun ? 'dry-run' : 'uploaded',
    headline: `The plan “${plan.title}” ${verb}: ${countOf(plan.stories, 'story', 'stories')}, ${countOf(plan.tasks, 'task')}.`,
    reply: renderUploaded({
      site: siteOf(door, issue.number),
      plan: { ...plan, length },
      from,
      supersedesReview: rounds > 0,
      warnings,
      isDryRun,
    }),
    isChange: !isDryRun,
  }
}
