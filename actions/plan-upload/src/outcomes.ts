import type { Outcome } from '@switchyard/action'
import type { PlanLoaded } from './door.ts'
import type { Spec } from './inputs.ts'
import { ideaOf } from './observe.ts'
import type { Told } from './scene.ts'

interface About {
  readonly issue: number
  readonly subject: string
  readonly loaded: PlanLoaded
}

/** How a run ended that carried out some commands, as the step tells it. */
export function outcomeOf(told: readonly Told[], { issue, subject, loaded }: About): Outcome<Spec> {
  const [only] = told
  const idea = ideaOf(loaded, subject)
  const outputs = told.reduce<NonNullable<Outcome<Spec>['outputs']>>((all, one) => ({ ...all, ...one.outputs }), {
    idea: String(issue),
    status: idea?.status ?? 'DRAFT',
  })
  const annotations = told.flatMap((one) => one.annotations ?? [])
  const summary = `${told.map(({ reply }) => reply).join('\n\n')}\n`
  if (only !== undefined && told.length === 1) {
    const { decision, reasonCode, headline, result = {} } = only
    return { decision, reasonCode, headline, result: { idea: issue, ...result }, outputs, annotations, summary }
  }
  const isAny = (...decisions: readonly Told['decision'][]): boolean => told.some(({ decision }) => decisions.includes(decision))
  const reasons = new Set(told.map(({ reasonCode }) => reasonCode))
  return {
    decision: isAny('failed') ? 'failed' : isAny('refused') ? 'refused' : isAny('done') ? 'done' : 'nothing-to-do',
    reasonCode: reasons.size === 1 && only !== undefined ? only.reasonCode : isAny('failed', 'refused') ? 'commands-refused' : 'commanded',
    headline: told.map(({ headline }) => headline).join(' '),
    result: { idea: issue, answers: told.map(({ decision, reasonCode }) => ({ decision, reason_code: reasonCode })) },
    outputs,
    annotations,
    summary,
  }
}
