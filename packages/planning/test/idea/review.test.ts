import { describe, expect, it } from 'vitest'
import { parseReviews, planSha256, reviewsDocument } from '../../src/index.ts'
import { moveOf, planOf, resultOf, SUBJECT, uploadOf } from './idea-commands.ts'
import { stageAt } from './idea-stage.ts'

const FINDING = { severity: 'major', where: 'login-api', text: 'No task tests it.' } as const

describe('a round of a review', () => {
  it('is kept with reviewer, verdict, convergence and time; its approver is whoever posted it', () => {
    const result = { schema_version: 1, reviewer: 'model-x', findings: [FINDING], verdict: 'approved' } as const
    const stage = stageAt('REVIEWING_PLAN').askAll(resultOf('approved', { result, convergence: 0.5 }))
    expect(stage.idea()).toMatchObject({
      approver: 'owner',
      reviewed_at: stage.at - 1,
      rounds: [{ round: 1, reviewer: 'model-x', verdict: 'approved', convergence: 0.5, revised: false, findings: { major: 1, note: 0 } }],
    })
    expect(stage.events.at(-1)).toMatchObject({
      data: { round: { findings: [FINDING], reviewed_at: new Date(stage.at - 1).toISOString() } },
    })
  })

  it('that names no reviewer is by whoever posted it', () => {
    expect(stageAt('REVIEWING_PLAN').askAll(resultOf('continue')).idea()?.rounds).toMatchObject([{ reviewer: 'owner' }])
  })

  it('saves the revised plan, and the next one is of that', () => {
    const stage = stageAt('REVIEWING_PLAN').askAll(resultOf('continue', { revised: planOf('better') }))
    expect(stage.texts).toContain('better')
    expect(stage.idea()).toMatchObject({ status: 'REVIEWING_PLAN', plan: { sha256: planSha256('better') }, rounds: [{ revised: true }] })
    stage.askAll(resultOf('approved'))
    expect(stage.idea()).toMatchObject({
      status: 'PLAN_REVIEWED',
      rounds: [{ round: 1 }, { round: 2 }],
      plan: { sha256: planSha256('better') },
    })
  })

  it('whose plan is the saved one has revised nothing', () => {
    const stage = stageAt('REVIEWING_PLAN').askAll(resultOf('continue', { revised: planOf('one') }))
    expect(stage.events.at(-1)).toMatchObject({ data: { plan: null, round: { revised: false } } })
  })

  it('approves nothing when it goes on or asks for changes', () => {
    expect(stageAt('REVIEWING_PLAN').askAll(resultOf('continue')).idea()).toMatchObject({ approver: null, reviewed_at: null })
    expect(stageAt('PLAN_REVIEW_FAILED').idea()).toMatchObject({ approver: null, reviewed_at: expect.any(Number) })
  })
})

describe('the view of reviews', () => {
  const read = (stage: ReturnType<typeof stageAt>) => parseReviews(stage.documents.get(reviewsDocument(SUBJECT)))

  it('has every round of the saved plan, and the newest with its findings', () => {
    const stage = stageAt('REVIEWING_PLAN').askAll(
      resultOf('continue', { findings: [FINDING] }),
      resultOf('changes-requested', { findings: [FINDING] }),
    )
    expect(read(stage)).toMatchObject({
      rounds: [
        { round: 1, page: 1, findings: { major: 1 } },
        { round: 2, page: 2, verdict: 'changes-requested' },
      ],
      last: { round: 2, findings: [FINDING], reviewer: 'owner', convergence: 1 },
    })
  })

  it('begins anew with another plan; pages of rounds stay', () => {
    const stage = stageAt('PLAN_REVIEW_FAILED').askAll(uploadOf(planOf('two')))
    expect(read(stage)).toEqual({ rounds: [], last: undefined })
    stage.askAll(moveOf('review-start'), resultOf('approved'))
    expect(read(stage).rounds).toMatchObject([{ round: 1, page: 2 }])
    expect(stage.documents.get(`${reviewsDocument(SUBJECT)}/1`)).toMatchObject({ page: 1, round: { verdict: 'changes-requested' } })
  })

  it('leaves out what is no round', () => {
    expect(parseReviews(undefined)).toEqual({ rounds: [], last: undefined })
    expect(parseReviews({ rounds: [1, {}, { round: 1, verdict: 'no' }], last: { round: 'x' } })).toEqual({ rounds: [], last: undefined })
  })
})
