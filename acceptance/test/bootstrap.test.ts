import { afterEach, expect, test } from 'vitest'
import { type BootstrapStage, createBootstrapStage } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

test('commented on, the preview becomes a repository', async () => {
  stage = await createBootstrapStage({latency:15})
  await stage.play({ eventName: 'issues', payload: await stage.openIssue() })
  const payload = await stage.comment(1, '/bootstrap run')
  stage.github.log.reset()
  const result = await stage.play({ eventName: 'issue_comment', payload })
  console.log(result.log, result.outputs, stage.github.log.count(), stage.github.log.depth())
  console.log(stage.commentsOf(1).slice(1).join('\n'))
  console.log(stage.github.log.entries().map((e) => `${e.depth} ${e.method} ${e.path}`).join("\n"))
  console.log(Object.keys(stage.github.log))
  expect(result.exitCode).toBe(0)
})
