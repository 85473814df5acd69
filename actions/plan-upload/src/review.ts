import { toFaultResult } from '@switchyard/action'
import { InternalError, UserError } from '@switchyard/core'
import { allowedFrom, isOwnerOf, type PlanSource, type ReviewResult } from '@switchyard/planning'
import { renderReviewed } from '@switchyard/planning/render'
import { askLedger } from './ask-ledger.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { readPlan } from './read-plan.ts'
import type { Scene, Told } from './scene.ts'

export interface ReviewWish {
  readonly step: 'approve' | 'reject' | 'result'
  readonly text: string | undefined
  /** For `result`. */
  readonly json: string | undefined
}

/** Records a round of a review: somebody's word, or a result as JSON. A revised plan is saved with it, if it parses. */
export async function review(door: Door, scene: Scene, wish: ReviewWish): Promise<Told> {
  const { asker, issue, loaded, observation, isDryRun } = scene
  const result = await resultOf(wish, asker.login)
  const { revised_plan: revisedText, ...rest } = result
  const read = revisedText === undefined ? undefined : await readPlan(scene, { ...REVISED, text: revisedText, source: sourceOf(scene) })
  if (read !== undefined && 'told' in read) return read.told
  const revised = read?.written
  if (revised !== undefined) door.texts.note(revised.text)
  const { convergenceOf } = await import('@switchyard/planning/reviews')
  const idea = ideaOf(loaded, observation.subject)
  const plan = idea?.plan
  const before = plan && revised ? await door.texts.read(loaded, plan.text) : ''
  // The card shows the plan's tree.
  if (plan && allowedFrom(idea.status).includes('review-result')) door.texts.readAhead(loaded, plan.text)
  const convergence = revised === undefined ? 1 : convergenceOf(before, revised.text)
  const asked = await askLedger(door, scene, { kind: 'review-result', asker, issue, result: rest, convergence, revised })
  if ('told' in asked) return asked.told
  const event = asked.events.find(({ type }) => type === 'plan.review-resulted')
  if (event?.type !== 'plan.review-resulted') throw new InternalError('A result was recorded without its event.')
  const { round, to_status: status } = event.data
  const told = { result: { verdict: round.verdict, findings: round.findings.length, convergence: round.convergence }, loaded: asked.loaded }
  if (isDryRun) {
    const headline = `The round parses: the idea #${issue.number} would be ${status}; nothing has changed.`
    return { ...told, decision: 'nothing-to-do', reasonCode: 'dry-run', headline, reply: headline, isChange: false }
  }
  return {
    ...told,
    decision: 'done',
    reasonCode: 'reviewed',
    headline: `Round ${round.round} of the review said “${round.verdict}”: the idea #${issue.number} is ${status}.`,
    reply: renderReviewed(round, { status, isByOwner: isOwnerOf(issue, asker.login) }),
    isChange: true,
  }
}

const REVISED = { file: 'revised_plan', line: 1 } as const

/** A revised plan belongs where the reviewed one came from. */
function sourceOf({ loaded, observation, comment }: Scene): PlanSource {
  const known = ideaOf(loaded, observation.subject)?.plan?.source
  return known ?? (comment === undefined ? { kind: 'issue' } : { kind: 'comment', id: comment })
}

async function resultOf({ step, text, json }: ReviewWish, login: string): Promise<ReviewResult> {
  switch (step) {
    case 'approve':
      return ownWord('approved', { login, text })
    case 'reject':
      if (text === undefined) {
        throw new UserError('REQUEST_INVALID', 'A plan is not sent back without a word.', {
          hint: 'Write `/plan review reject <what is missing>`.',
        })
      }
      return ownWord('changes-requested', { login, text })
    case 'result':
      return parse(json)
  }
}

function ownWord(
  verdict: ReviewResult['verdict'],
  { login, text }: { readonly login: string; readonly text: string | undefined },
): Promise<ReviewResult> {
  const findings =
    text === undefined ? [] : [{ severity: verdict === 'approved' ? ('note' as const) : ('major' as const), where: 'plan', text }]
  // The same limits hold for a word as for a result.
  return parse(JSON.stringify({ schema_version: 1, reviewer: login, findings, verdict }))
}

async function parse(json: string | undefined): Promise<ReviewResult> {
  if (json === undefined) {
    throw new UserError('REQUEST_INVALID', 'There is no result.', {
      hint: 'Put it as JSON in a code block below the command, or in the input `review`.',
    })
  }
  const { parseReviewResult, REVIEW_SCHEMA_URL } = await import('@switchyard/planning/reviews')
  const parsed = parseReviewResult(json)
  if (parsed.ok) return parsed.result
  const [first, ...more] = parsed.faults
  // Several stand in a list of their own.
  const what = more.length === 0 ? `a fault: ${first?.message ?? ''}` : `${parsed.faults.length} faults.`
  throw new UserError('REVIEW_INVALID', `The result of the review has ${what}`, {
    hint: `Write it as its schema says: \`${REVIEW_SCHEMA_URL}\``,
    faults: parsed.faults,
    context: { faults: parsed.faults.map(toFaultResult) },
  })
}
