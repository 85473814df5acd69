import { expect, it } from 'vitest'
import { askersOf, restarterOf } from './askers.ts'

it.each([
  ['a run that was started once', { actor: 'ada', triggeringActor: 'ada' }, ['ada']],
  ['a run that another started again', { actor: 'ada', triggeringActor: 'bea' }, ['ada', 'bea']],
  ['a run that its own starter started again', { actor: 'ada', triggeringActor: 'Ada' }, ['ada']],
])('%s is asked for by each of them, the last of whom does it', (_, context, askers) => {
  expect(askersOf(context)).toEqual(askers)
  expect(restarterOf(context)).toEqual(askers.slice(1))
})
