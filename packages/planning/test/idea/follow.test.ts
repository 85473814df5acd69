import { expect, test } from 'vitest'
import { parseLog, logDocument } from '../../src/index.ts'
import { closeOf, followOf, planOf, SUBJECT, syncOf } from './idea-commands.ts'
import { stageAt } from './idea-stage.ts'

test('a planned idea whose plan was moved takes over where it stands, and nothing else', () => {
  const stage = stageAt('PLANNED').askAll(closeOf(103))
  const before = stage.idea()
  stage.askAll(followOf())
  const source = { kind: 'file', path: 'plans/one.md', commit: 'c'.repeat(40) }
  expect(stage.idea()).toEqual({ ...before, plan: { ...before?.plan, source } })
  expect(stage.effects).toEqual([])
  expect(parseLog(stage.documents.get(logDocument(SUBJECT))).entries.at(-1)).toMatchObject({
    type: 'plan.followed',
    by: 'owner',
    facts: { path: 'plans/one.md' },
  })
})

test('the same place once more is nothing to do, and another text is none to follow', () => {
  const stage = stageAt('PLANNED').askAll(followOf())
  const events = stage.events.length
  stage.askAll(followOf())
  expect(stage.ask(followOf('two'))).toMatchObject({ code: 'PLAN_CHANGED' })
  expect(stage.events).toHaveLength(events)
})

test('it is refused while a changed plan is carried out, and to whoever may not act', () => {
  const stranger = { login: 'stranger', isMaintainer: false }
  expect(stageAt('PLANNED').ask(followOf('one', { asker: stranger }))).toMatchObject({ code: 'NOT_YOURS' })
  expect(
    stageAt('PLANNED')
      .askAll(syncOf({ plan: planOf('two') }))
      .ask(followOf()),
  ).toMatchObject({ code: 'CONVERGING' })
})
