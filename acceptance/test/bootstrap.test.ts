import { afterEach, expect, test } from 'vitest'
import { type BootstrapStage, createBootstrapStage } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

test('an issue by the form is answered with a preview, and nothing else is written', async () => {
  stage = await createBootstrapStage()
  const payload = await stage.openIssue()
  stage.github.log.reset()
  const result = await stage.play({ eventName: 'issues', payload })
  expect(result.outputs).toMatchObject({
    decision: 'done',
    'reason-code': 'previewed',
    'approval-hash': expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const [preview = ''] = stage.commentsOf(1)
  expect(preview).toContain('`acme/shop` can be created')
  expect(preview).toContain('comment `/bootstrap run`')
  const writes = stage.github.log
    .entries()
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/graphql') && !path.endsWith('/git-upload-pack'))
  expect(writes.map(({ path }) => path)).toEqual(['/repos/acme/control/issues/1/comments'])
})

test('commented on, the preview becomes a repository with its receipt, and the comment tells each step', async () => {
  stage = await createBootstrapStage()
  await stage.play({ eventName: 'issues', payload: await stage.openIssue() })
  const result = await stage.play({ eventName: 'issue_comment', payload: await stage.comment(1, '/bootstrap run') })
  expect(result.outputs).toMatchObject({ decision: 'done', 'reason-code': 'created', repository: 'acme/shop' })
  const made = stage.github.world.repository('acme/shop')
  expect(made).toMatchObject({ visibility: 'private', description: 'From acme/template v1.0.0' })
  expect(await stage.git('acme/shop', 'ls-tree', '-r', '--name-only', 'main')).toContain('.github/bootstrap.json')
  expect(await stage.git('acme/shop', 'log', '--format=%an <%ae> %s', 'main')).toMatch(
    /^maintainer <\d+\+maintainer@users\.noreply\.127\.0\.0\.1> Bootstrap from acme\/template@v1\.0\.0$/,
  )
  expect(stage.commentsOf(1).at(-1)).toContain('### ✅ acme/shop is ready')
  expect(stage.commentsOf(1)).toHaveLength(3)
  expect([...stage.github.world.state.checkRuns.values()]).toMatchObject([{ name: 'bootstrap/acme/shop', conclusion: 'success' }])
})
