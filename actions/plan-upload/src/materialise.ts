import { UserError } from '@switchyard/core'
import { countOf, renderDifference } from '@switchyard/planning/render'
import { decideDifference } from '@switchyard/planning/tree'
import { askLedger } from './ask-ledger.ts'
import { createConverge } from './converge/handler.ts'
import { tellConverged } from './converge/outcome.ts'
import { findCard } from './card.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { refusePublic } from './refuse-public.ts'
import type { Scene, Told } from './scene.ts'
import { resolveTarget } from './target.ts'

/** Makes epic, stories and tasks of a plan: every key stands in the ledger before the first issue is there, and every number after the last. */
export async function materialise(door: Door, scene: Scene, { repository }: { readonly repository: string | undefined }): Promise<Told> {
  refusePublic(door, scene.observation)
  const { asker, issue, loaded, observation, isDryRun } = scene
  const plan = ideaOf(loaded, observation.subject)?.plan
  if (!plan) {
    throw new UserError('NO_PLAN', `The idea #${issue.number} has no plan yet.`, { hint: 'Say `/plan upload` first.' })
  }
  const [target, text] = await Promise.all([resolveTarget(door, scene, repository), door.texts.read(loaded, plan.text)])
  const { allowMentions } = door.given.inputs
  const { readWanted } = await import('./converge/wanted.ts')
  const wanted = readWanted(text, { allowMentions })
  // What GitHub would refuse is found before anything is there.
  const facts = await target.readFacts(wanted.plan)
  const converge = createConverge(door, { loaded, card: findCard(observation.conversation), target, facts })
  const keys = wanted.issues.map(({ key, parent, level }) => ({ key, parent, level }))
  const asked = await askLedger(
    door,
    { ...scene, handlers: converge.handler },
    { kind: 'materialise', asker, issue, target: target.place, planSha256: plan.sha256, keys, allowMentions },
  )
  if ('told' in asked) return asked.told
  if (isDryRun) {
    const titles = new Map(wanted.issues.map(({ key, title }) => [key, { title, number: undefined, url: undefined }]))
    return {
      decision: 'nothing-to-do',
      reasonCode: 'dry-run',
      headline: `${countOf(keys.length, 'issue')} would be made in ${target.place.repository}; nothing has changed.`,
      reply: renderDifference({
        difference: decideDifference({ subject: observation.subject, applied: [], wanted: wanted.issues, seen: [] }),
        find: (key) => titles.get(key),
        command: repository === undefined ? '/plan materialise' : `/plan materialise ${repository}`,
        isFirst: true,
      }),
      loaded,
      isChange: false,
    }
  }
  return tellConverged(door, { asked, scene, kind: 'materialised', made: converge.made })
}
