import { MAX_REPLY } from '@switchyard/commands'
import { renderReview, renderShow } from '@switchyard/planning/render'
import { reviewOf } from './card.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { showStart } from './show-start.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'

/** Of the review, so that most of the plan is seen; in characters. */
const MAX_REVIEW = 20_000

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
  const said = review.rounds.length === 0 ? '' : `\n\n${renderReview(review, MAX_REVIEW)}`
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: `The plan “${idea.plan.title}” was shown.`,
    reply: `${renderShow({ site: siteOf(door, issue.number), plan: idea.plan, text }, MAX_REPLY - said.length)}${said}`,
    loaded,
    isChange: false,
  }
}
