import { toTextRef } from '@switchyard/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type ConvergeAnswer,
  type IdeaCommand,
  ideasDocuments,
  parseIdeas,
  parseReviews,
  planSha256,
  reviewsDocument,
  VERDICTS,
} from '../../src/index.ts'
import { progressDocument } from '../../src/idea/views/documents.ts'
import { parseProgress } from './parse-views.ts'
import {
  closeOf,
  converged,
  failed,
  followOf,
  goneOf,
  issueOf,
  ITEMS,
  materialiseOf,
  moveOf,
  planOf,
  REPOSITORY,
  reopenOf,
  resultOf,
  SUBJECT,
  syncOf,
  TARGET,
  uploadOf,
} from './idea-commands.ts'
import { Stage, WAYS } from './idea-stage.ts'
import { NaiveIdea, type Outcome, placeOf } from './naive-idea.ts'

type Play = { readonly command: IdeaCommand } | { readonly answer: ConvergeAnswer }

const asking = fc
  .constantFrom(
    { login: 'Owner', isMaintainer: false },
    { login: 'Owner', isMaintainer: false },
    { login: 'other', isMaintainer: true },
    { login: 'other', isMaintainer: false },
  )
  .map((asker) => ({ asker, issue: issueOf() }))
const text = fc.constantFrom('one', 'one', 'two', 'three')
const number = fc.constantFrom(101, 103, 104, 999)
const items = fc.subarray(Object.entries(ITEMS)).map((entries) => Object.fromEntries(entries))
const applied = fc.constantFrom('first', 'second')

const command: fc.Arbitrary<IdeaCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(text, asking).map(([plan, who]) => uploadOf(planOf(plan), who)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('grill-start', 'grill-done', 'plan-start', 'plan-failed', 'review-start', 'review-start', 'cancel'), asking)
      .map(([kind, who]) => moveOf(kind, who)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...VERDICTS), fc.option(text, { nil: undefined }), asking)
      .map(([verdict, revised, who]) => resultOf(verdict, { revised: revised === undefined ? undefined : planOf(revised), ...who })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(text, fc.constantFrom(TARGET, TARGET, TARGET, { id: 99, repository: 'acme/other' }), asking)
      .map(([plan, target, who]) => materialiseOf({ planSha256: planSha256(plan), target, ...who })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(text, text, asking)
      .map(([plan, base, who]) => syncOf({ plan: planOf(plan), basePlanSha256: planSha256(base), ...who })),
  },
  { weight: 2, arbitrary: fc.tuple(text, asking).map(([plan, who]) => followOf(plan, who)) },
  { weight: 2, arbitrary: fc.tuple(number, fc.boolean()).map(([closed, isPlanned]) => closeOf(closed, isPlanned)) },
  { weight: 1, arbitrary: number.map(reopenOf) },
  { weight: 1, arbitrary: number.map(goneOf) },
)

const answer: fc.Arbitrary<ConvergeAnswer> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(items, applied).map(([made, as]) => converged({ items: made, applied: as })) },
  fc.option(fc.tuple(items, applied), { nil: undefined }).map((made) => failed(made && { items: made[0], applied: made[1] })),
)

const rest: fc.Arbitrary<readonly Play[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: command.map((one) => ({ command: one })) },
    { weight: 2, arbitrary: answer.map((one) => ({ answer: one })) },
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
)

const toPlanned: readonly Play[] = [{ command: uploadOf() }, { command: materialiseOf() }, { answer: converged() }]

/** From every status on: chance alone seldom comes far. */
const plays: fc.Arbitrary<readonly Play[]> = fc
  .tuple(fc.constantFrom(toPlanned, ...Object.values(WAYS).map((way) => way.map((one): Play => ({ command: one })))), rest)
  .map(([way, others]) => [...way, ...others])

function play(stage: Stage, naive: NaiveIdea, one: Play): void {
  // Uploads are limited by the hour: that is played elsewhere.
  stage.at += 3_600_000
  if ('answer' in one) {
    if (stage.effects.length > 0) stage.answer(one.answer)
    return naive.answer(one.answer)
  }
  const before = stage.events.length
  const refused = stage.ask(one.command, SUBJECT)
  const outcome: Outcome = refused ? 'refused' : stage.events.length > before ? 'changed' : 'same'
  expect(outcome).toBe(naive.apply(one.command))
}

function expectSame(stage: Stage, naive: NaiveIdea): void {
  const idea = stage.idea()
  if (idea === null) return expect(naive).toEqual(new NaiveIdea())
  const closed = (how: string): number[] =>
    [...naive.closed].flatMap(([each, as]) => (as === how ? [each] : [])).sort((left, right) => left - right)
  const mine = {
    status: naive.status,
    before: naive.before ?? null,
    plan: naive.plan === undefined ? null : planSha256(naive.plan),
    place: naive.place,
    approver: naive.approver ?? null,
    target: naive.target ?? null,
    items: Object.fromEntries(naive.items),
    applied: naive.applied === undefined ? null : toTextRef(naive.applied),
    done: closed('done'),
    not_planned: [...closed('not_planned'), ...closed('gone')].sort((left, right) => left - right),
    gone: closed('gone'),
  }
  const { status, before, plan, approver, target, items: numbers, applied: text, done, not_planned, gone = [] } = idea
  expect({
    status,
    before,
    plan: plan?.sha256 ?? null,
    place: plan === null ? '' : placeOf(plan.source),
    approver,
    target: target?.id ?? null,
    items: numbers,
    applied: text,
    done,
    not_planned,
    gone,
  }).toEqual(mine)
  expect(idea.rounds.map(({ round }) => round)).toEqual(Array.from({ length: naive.rounds }, (_, at) => at + 1))
  expect(parseReviews(stage.documents.get(reviewsDocument(SUBJECT))).rounds.map(({ round }) => round)).toEqual(
    idea.rounds.map(({ round }) => round),
  )
  const [row] = ideasDocuments(stage.index, REPOSITORY).flatMap((name) => parseIdeas(stage.documents.get(name)))
  expect(row).toMatchObject({ number: 12, status: naive.status, plan: naive.plan === undefined ? null : `Plan ${naive.plan}` })
  const progress = parseProgress(stage.documents.get(progressDocument(SUBJECT)))
  if (naive.status === 'PLANNED') expect(progress?.closed).toEqual({ done, not_planned })
  const ids = stage.events.flatMap(({ type, data }) => ('effect_id' in data && type.endsWith('-begun') ? [data.effect_id] : []))
  expect(new Set(ids).size).toBe(ids.length)
}

it('whatever is commanded and answered, verdicts, state and views are those of an idea kept on a card', () => {
  fc.assert(
    fc.property(plays, (sequence) => {
      const stage = new Stage()
      const naive = new NaiveIdea()
      for (const one of sequence) play(stage, naive, one)
      expect(stage.effects).toHaveLength(naive.making === undefined ? 0 : 1)
      expectSame(stage, naive)
    }),
    { numRuns: 1_000 },
  )
})
