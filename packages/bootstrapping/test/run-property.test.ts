import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type BootstrapAnswer, MAX_RUNS, type Run } from '../src/index.ts'
import { MADE, Stage, startOf } from './run-stage.ts'

const ANSWERS = {
  'create-repository': [
    { kind: 'repository', repository: MADE, goesOn: true },
    { kind: 'repository', repository: MADE, goesOn: false },
    { kind: 'failed', error: { code: 'OWNER_FORBIDDEN', message: 'no' } },
  ],
  push: [
    { kind: 'pushed', commit: 'e'.repeat(40) },
    { kind: 'failed', error: { code: 'GITHUB_ERROR', message: 'no' } },
  ],
  'apply-settings': [
    { kind: 'settled', warnings: [] },
    { kind: 'failed', error: { code: 'GITHUB_ERROR', message: 'no' } },
  ],
  'delete-repository': [{ kind: 'deleted' }, { kind: 'failed', error: { code: 'NOT_OURS', message: 'no' } }],
  'open-update': [{ kind: 'update', number: 1, url: 'u' }],
} as const satisfies Record<string, readonly BootstrapAnswer[]>

const move = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'start' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'cancel' as const }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('clean-up' as const), outcome: fc.constantFrom('delete' as const, 'resolve' as const) }),
  },
)

/** What must hold of a subject after anything that may happen to it. */
function expectSound(stage: Stage, cancelledBefore: ReadonlySet<string>): void {
  const { runs } = stage.state
  const going = runs.filter(({ status, is_under_way }) => status === 'PENDING' || status === 'RUNNING' || is_under_way)
  expect(going.length).toBeLessThanOrEqual(1)
  expect(stage.effects.filter(({ kind }) => kind !== 'delete-repository')).toHaveLength(going.length)
  for (const run of runs) expectSoundRun(run, cancelledBefore)
  expect(runs.filter(({ needs_cleanup, cleanup }) => needs_cleanup && cleanup === null).length).toBeLessThanOrEqual(1)
  expect(new Set(stage.effectIds).size).toBe(stage.effectIds.length)
}

function expectSoundRun(run: Run, cancelledBefore: ReadonlySet<string>): void {
  if (cancelledBefore.has(run.plan.run_id)) expect(run.status).toBe('CANCELLED')
  const isOver = !['PENDING', 'RUNNING'].includes(run.status)
  if (isOver) expect(run.needs_cleanup).toBe(run.repository !== null && run.status !== 'SUCCEEDED')
  if (run.status === 'FAILED') expect(run.repository).toBeNull()
  if (run.status === 'SUCCEEDED') expect(run).toMatchObject({ repository: MADE, pushed_commit: 'e'.repeat(40), error: null })
  expect(run.finished_at === null).toBe(!isOver)
}

it('whatever is asked and answered, in whatever order: one run at a time, no cancel undone, no repository forgotten', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const stage = new Stage()
      const cancelled = new Set<string>()
      let count = 0
      for (const made of moves) {
        stage.at += 3_600_000
        if (made.do === 'start') stage.ask(startOf(String((count += 1)).padStart(16, '0'), { asked_at: stage.at }))
        if (made.do === 'cancel') {
          stage.ask({ kind: 'cancel', asked_at: stage.at })
          for (const run of stage.state.runs) if (run.status === 'CANCELLED') cancelled.add(run.plan.run_id)
        }
        if (made.do === 'clean-up') stage.ask({ kind: 'clean-up', outcome: made.outcome, confirmed: MADE.full_name })
        const [effect] = stage.effects
        if (made.do === 'answer' && effect) {
          const answers = ANSWERS[effect.kind]
          const answer = answers[made.which % answers.length]
          if (answer) stage.answer(effect.kind, answer)
        }
        expectSound(stage, cancelled)
      }
      expect(stage.state.runs.length).toBeLessThanOrEqual(MAX_RUNS)
    }),
    { numRuns: 300 },
  )
})
