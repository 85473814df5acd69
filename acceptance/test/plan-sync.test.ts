import { expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

const say = async (stage: PlanStage, text: string, by = 'owner') => {
  const result = await stage.say(1, text, by)
  const reply = stage.commentsOf(1).findLast((body) => body.includes('switchyard:plan answered') || body.includes('@')) ?? ''
  console.log('>>>', text.slice(0, 60), JSON.stringify(result.outputs), '\n', result.log, '\n', stage.commentsOf(1).at(-1))
  return { ...result, reply }
}

test('explore', { timeout: 120_000 }, async () => {
  const stage = await createPlanStage({})
  await say(stage, '/plan upload plans/small.md')
  await say(stage, '/plan materialise')
  console.log(stage.issue(4).body)
  await say(stage, '/plan sync')
  const next = planOf(1, 4).replace('What is to be done for 1.2.', 'Something else.').replace('Do 1.3 ', 'Do three ')
  await stage.commit({ 'plans/small.md': next })
  const shown = await say(stage, '/plan sync')
  await say(stage, '/plan sync --confirm 000000000000')
  await stage.change(4, { body: stage.issue(4).body.replace('What is to be done', 'WHAT IS') + '\r\nMine.\r\n' })
  await say(stage, `/plan sync --confirm ${shown.outputs.hash}`)
  console.log(stage.issues().map((i) => [i.number, i.title, i.state, i.body].join(' | ')).join('\n'))
  await stage.commit({ 'plans/small.md': next.replace('title: Reminders', 'title: Reminders2') })
  await say(stage, '/plan sync')
  await stage.commit({ 'plans/small.md': next.replace('Something else.', 'Something else.\n\nVerify: ALIGNED') })
  const s = await say(stage, '/plan sync', 'reader')
  const s2 = await say(stage, `/plan sync --confirm ${s.outputs.hash}`, 'reader')
  await stage.close()
})
