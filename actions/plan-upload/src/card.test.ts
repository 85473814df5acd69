import { expect, test } from 'vitest'
import { PLAN } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab } from './plan-lab.test-support.ts'

const SAID = 150

/** How many pages of older comments a run reads. */
function countPages({ local }: PlanLab): () => number {
  let pages = 0
  local.behaviour.onExchange = ({ requestBody }) => {
    if (JSON.stringify([requestBody]).includes('last: 100, before:')) pages += 1
  }
  return () => pages
}

async function talk(lab: PlanLab): Promise<void> {
  for (let at = 0; at < SAID; at += 1) {
    expect(await lab.post('issues/1/comments', { body: `I think ${at}.` })).toHaveProperty('id')
    // GitHub takes 80 a minute.
    lab.local.clock.advance(1_000)
  }
}

test('on an issue that was long talked about the first card is written without reading all of it', async () => {
  await using lab = await openPlanLab(PLAN)
  await talk(lab)
  lab.local.clock.advance(3_600_000)
  const pages = countPages(lab)
  expect(await lab.say('/plan upload plans/plan.md')).toMatchObject({ reasonCode: 'uploaded' })
  expect(pages()).toBe(0)
})

test('a card that much was said behind is found and edited in place', async () => {
  await using lab = await openPlanLab(PLAN)
  await lab.say('/plan upload plans/plan.md')
  await talk(lab)
  const pages = countPages(lab)
  expect(await lab.say('/plan review start')).toMatchObject({ reasonCode: 'commanded' })
  expect(pages()).toBe(1)
  const cards = [...lab.local.world.state.comments.values()].filter(({ body }) => body.startsWith('<!-- switchyard:plan card -->'))
  expect(cards).toHaveLength(1)
  expect(cards[0]?.body).toContain('The plan is being reviewed')
})
