import { renderGuide, renderSteps, sayStatus } from '@switchyard/planning/render'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'

/** Where an idea stands that has no plan yet, and how it goes on from there. */
export function showStart({ observation: { subject }, issue, loaded }: Scene): Told {
  const status = ideaOf(loaded, subject)?.status ?? 'DRAFT'
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: `The idea #${issue.number} is ${status}, and has no plan yet.`,
    reply: [`### ${sayStatus(status)}`, renderSteps(status), renderGuide(status)].join('\n\n'),
    loaded,
    isChange: false,
  }
}
