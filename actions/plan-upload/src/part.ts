import { type Idea, parseIdeaSubject } from '@switchyard/planning'
import { issueUrl, renderPartRefused, sayPart } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { ideaOf, type Observation } from './observe.ts'
import type { Scene, Told } from './scene.ts'

/** What is said on an issue that was made from a plan, in place of taking it for an idea: the status is its idea's, all else is refused. */
export async function answerPart(door: Door, scene: Scene, { isStatus }: { readonly isStatus: boolean }): Promise<Told | undefined> {
  const { observation, loaded, issue } = scene
  const { partOf } = observation
  if (partOf === undefined) return undefined
  const { context } = door.given
  const place = parseIdeaSubject(partOf)
  const number = place?.repositoryId === context.repository.id ? place.issue : undefined
  const site = { server: context.serverUrl, repository: context.repository.fullName }
  const idea = number === undefined ? undefined : { number, url: issueUrl(site, number) }
  const part = { number: issue.number, idea }
  if (!isStatus || number === undefined) {
    const whose = number === undefined ? 'an idea of another repository' : `the idea #${number}`
    return {
      decision: 'refused',
      reasonCode: 'part-of-plan',
      headline: `#${issue.number} is part of ${whose}, and no idea of its own.`,
      reply: renderPartRefused(part),
      result: { code: 'PART_OF_PLAN' },
      loaded,
      isChange: false,
    }
  }
  const of: Observation = { ...observation, subject: partOf, loaded: await door.ledger.load({ subjects: [partOf], idempotencyKeys: [] }) }
  const { showStatus } = await import('./show-status.ts')
  const told = await showStatus(door, { ...scene, observation: of, loaded: of.loaded, issue: { ...issue, number } })
  return { ...told, reply: `${sayPart(part)}\n\n${told.reply}`, outputs: outputsOf(number, ideaOf(of.loaded, partOf)), loaded }
}

function outputsOf(number: number, idea: Idea | null): Told['outputs'] {
  return { idea: String(number), ...(idea !== null && { status: idea.status }) }
}
