import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clickBoxes, createReleaseStage, getBoard, PLATFORM } from '@switchyard/cli/stage'
import { expect, onTestFinished, test } from 'vitest'

const SPRING = '2026-11-spring'
const page = readFileSync(join(import.meta.dirname, '../../examples/release/README.md'), 'utf8')

/** What the story tells to comment, and where it says that the release stands, in their order. */
function readStory(): readonly ({ readonly comment: string } | { readonly standing: string })[] {
  const story = page.slice(page.indexOf('## The story'), page.indexOf('**9. Close it.**'))
  return [...story.matchAll(/^(`{3,4})text\n(.*?)^\1$|`(\/step run [^`]+)`|\b(\d+) of (\d+),\s+\**(\d+) %/gms)].map(
    ([, , block, inline, done, total, percent]) =>
      done === undefined ? { comment: block ?? inline ?? '' } : { standing: `${percent} %\` · **${done} of ${total} steps**` },
  )
}

test('the example’s story comes out as it is told: comment for comment, per cent for per cent', async () => {
  const stage = await createReleaseStage()
  onTestFinished(() => stage.close())
  const body = (): string => getBoard(stage, SPRING).body
  const [activation, ...steps] = readStory()
  if (activation === undefined || !('comment' in activation)) throw new Error('the story begins with a comment')
  await stage.maintainer.comment(PLATFORM, await stage.maintainer.openIssue(PLATFORM, { title: 'Spring', body: '' }), activation.comment)
  await stage.runner.idle()
  expect(body()).toContain(' 0 %` · **0 of 70 steps**')
  for (const step of steps) {
    if ('standing' in step) {
      expect(body()).toContain(step.standing)
      continue
    }
    await stage.maintainer.comment(PLATFORM, getBoard(stage, SPRING).issue, step.comment)
    await stage.runner.idle()
    if (!step.comment.includes('run bookings')) continue
    await clickBoxes(stage, SPRING, [{ step: 'sign-off', customer: 'eu-1/brede' }])
    await stage.runner.idle()
  }
  expect(steps.filter((step) => 'standing' in step).length).toBeGreaterThan(7)
  expect([...stage.github.world.state.checkRuns.values()].findLast(({ name }) => name === `release/${SPRING}`)).toMatchObject({
    conclusion: 'success',
  })
})
