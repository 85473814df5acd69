import { renderReview, renderShow } from '@switchyard/planning/render'
import { reviewOf } from './card.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { showStart } from './show-start.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'

/** The plan as it is kept, and what was said of it in its review. */
export async function show(door: Door, scene: Scene): Promise<Told> {
  const {
    observation: { subject },
    issue,
    loaded,
  } = scene
  const idea = ideaOf(loaded, subject)
  if (!idea?.plan) return showStart(scene)
  const text = await door.texts.read(loaded, idea.plan.text)
  const review = reviewOf(idea, loaded, subject)
  const parts = [
    renderShow({ site: siteOf(door, issue.number), plan: idea.plan, text }),
    ...(review.rounds.length === 0 ? [] : [renderReview(review)]),
  ]
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: `The plan “${idea.plan.title}” was shown.`,
    reply: parts.join('\n\n'),
    loaded,
    isChange: false,
  }
}
