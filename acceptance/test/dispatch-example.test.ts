import { createLiveStage, type LiveStage } from '@switchyard/cli/stage'
import type { Progress } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stage: LiveStage
const progress: Progress[] = []

beforeAll(async () => {
  stage = await createLiveStage('dispatch', { runner: { onProgress: (each) => progress.push(each) } })
  await stage.maintainer.push({ repository: 'acme/source-app', files: { 'page.html': '<p>new</p>' }, message: 'Add a page' })
  await stage.runner.idle()
})
afterAll(() => stage.close())

test('a push runs CI, its end runs the dispatch workflow, and that starts the target’s', () => {
  const queued = progress.flatMap((each) =>
    each.kind === 'run-queued' ? [`${each.run.repository} ${each.run.path.split('/').at(-1)}`] : [],
  )
  expect(queued).toEqual(['acme/source-app ci.yml', 'acme/source-app dispatch.yml', 'acme/target-service cd.yml'])
  const ended = progress.flatMap((each) => (each.kind === 'run-completed' ? [each.conclusion] : []))
  expect(ended).toEqual(['success', 'success', 'success'])
})

test('the target deploys the commit that was tested, and its title says for whom', () => {
  const [ci] = stage.runsOf('source-app')
  const [cd] = stage.runsOf('target-service')
  expect(cd?.displayTitle).toMatch(new RegExp(`^Deploy ${ci?.headSha} sw:`))
  expect(logOf('deploy')).toContain(`deploying ${ci?.headSha} for acme/source-app`)
})

test('the target that did not agree is not started, and an issue says what it would have to add', () => {
  expect(stage.runsOf('target-locked')).toEqual([])
  const issues = [...stage.github.world.state.issues.values()].map((issue) => issue.title)
  expect(issues).toHaveLength(1)
  expect(issues[0]).toContain('target-locked')
})

test('the summary of the job is a page, and no secret is anywhere in what was printed', () => {
  const summaries = progress.flatMap((each) => (each.kind === 'job-completed' && each.job.name === 'dispatch' ? [each.summary] : []))
  expect(summaries.join('')).toMatch(/target-service.*started/s)
  const secret = stage.github.world.secretsOf('acme/source-app').get('SWITCHYARD_PRIVATE_KEY') ?? ''
  const line = secret.split('\n')[2] ?? 'missing'
  expect(line.length).toBeGreaterThan(40)
  expect(JSON.stringify(progress)).not.toContain(line)
})

test('run again, it starts nothing a second time', async () => {
  const run = stage.runsOf('source-app').find(({ workflowPath }) => workflowPath.endsWith('dispatch.yml'))
  stage.github.world.rerun(run?.id ?? 0)
  await stage.runner.idle()
  expect(run?.attempts.map(({ conclusion }) => conclusion)).toEqual(['success', 'success'])
  expect(stage.runsOf('target-service')).toHaveLength(1)
})

const logOf = (job: string): string =>
  progress.flatMap((each) => (each.kind === 'line' && each.job.name === job ? [each.text] : [])).join('\n')
