import { afterEach, expect, test } from 'vitest'
import { createDispatchStage, type DispatchStage } from '../src/index.ts'

let stage: DispatchStage
afterEach(() => stage.close())

const DISPATCH = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'
const FULL = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const

const setRules = (text: string, more: Readonly<Record<string, string>> = {}): Promise<string> =>
  stage.github.world.commit({ repository: stage.source, files: { '.github/dispatching.yml': text, ...more } })
const rule = (target: string, source = 'workflow: ci.yml'): string => `  - source: { ${source} }\n    targets: [${target}]\n`
const spoke = (number: number, more = ''): string => `{ repository: spoke-${number}, workflow: cd.yml${more} }`
const started = (...names: readonly string[]): readonly number[] => names.map((name) => stage.runsOf(name).length)

test('two rules that mean the same dispatch send it once, also when the event comes again', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  await setRules(`outbound:\n${rule(spoke(1), 'workflow: ci.yml, branches: [main]')}${rule(spoke(1))}`)
  const payload = await stage.completeCi()
  await stage.play({ payload })
  await stage.play({ payload })
  expect(started('spoke-1')).toEqual([1])
})

test.each([true, false])('a dispatch that was lost is not told with the run of its sibling (marker shown: %s)', async (marked) => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  const inputs = `env: { type: string }${marked ? ', correlation-id: { type: string }' : ''}`
  const cd = `name: CD\n${marked ? 'run-name: Deploy ${{ inputs.correlation-id }}\n' : ''}on: { workflow_dispatch: { inputs: { ${inputs} } } }\njobs: {}\n`
  await stage.github.world.commit({
    repository: 'acme/spoke-1',
    files: {
      '.github/workflows/cd.yml': cd,
      '.github/dispatching.yml':
        'inbound:\n  - source: { repository: hub, workflow: ci.yml }\n    targets: [{ workflow: cd.yml, inputs: [env] }]\n',
    },
  })
  await setRules(`outbound:\n${rule(`${spoke(1, ', inputs: { env: dev }')}, ${spoke(1, ', inputs: { env: prod }')}`)}`)
  stage.github.faults.add({ match: { route: DISPATCH, nth: 2 }, kind: 'error-before' })
  const result = await stage.play({ payload: await stage.completeCi() })
  expect(started('spoke-1')).toEqual([1])
  expect(result.outputs).toMatchObject({ dispatched: '1', failed: '1' })
})

test('two steps of one job with rules of their own are two requests', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 2 } })
  await setRules('outbound: []\n', { 'a.yml': `outbound:\n${rule(spoke(1))}`, 'b.yml': `outbound:\n${rule(spoke(2))}` })
  const payload = await stage.completeCi()
  const run = await stage.startDispatchRun()
  for (const path of ['a.yml', 'b.yml']) await stage.play({ payload, run, inputs: { 'config-path': path } })
  expect(started('spoke-1', 'spoke-2')).toEqual([1, 1])
})

test('issues are written to another repository when one is named', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 0, refusing: 1 } })
  const { world } = stage.github
  await world.addRepository({ owner: 'acme', name: 'board' })
  await world.commit({ repository: 'acme/board', files: { 'README.md': 'x' } })
  const token = world.createToken({
    kind: 'fine-grained',
    user: 'maintainer',
    repositories: 'all',
    permissions: { ...FULL, actions: 'read' },
  })
  const result = await stage.play({ payload: await stage.completeCi(), inputs: { token, 'issue-repository': 'acme/board' } })
  expect(result.outputs['reason-code']).not.toBe('issue-repository-not-found')
  expect([...world.state.issues.values()].map(({ repositoryId }) => repositoryId)).toEqual([world.repository('acme/board').id])
})

test('a target whose file GitHub does not hand out is refused by itself, the others are started', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 2 } })
  await stage.github.world.commit({ repository: 'acme/spoke-2', files: { '.github/dispatching.yml': `# ${'x'.repeat(600_000)}\n` } })
  const result = await stage.play({ payload: await stage.completeCi() })
  expect(started('spoke-1', 'spoke-2')).toEqual([1, 0])
  expect(result.outputs.results).toContain('invalid-inbound-config')
})

test('a public target outside the installation does not refuse the others of its owner', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 2 } })
  const { world } = stage.github
  world.repository('acme/spoke-2').visibility = 'public'
  const { app, privateKey = '' } = world.addApp({ slug: 'narrow', owner: 'acme', permissions: { actions: 'write', contents: 'read' } })
  world.install({ app: 'narrow', account: 'acme', repositories: ['acme/spoke-1'] })
  await stage.play({
    payload: await stage.completeCi(),
    withTargetToken: false,
    inputs: { 'app-id': String(app.id), 'private-key': privateKey },
  })
  expect(started('spoke-1', 'spoke-2')).toEqual([1, 0])
})

test('the job’s own token serves the source as a target, also beside a `target-token`', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 0 } })
  const { world } = stage.github
  await setRules(
    `outbound:\n${rule('{ repository: hub, workflow: cd.yml }')}inbound:\n  - source: { repository: hub, workflow: ci.yml }\n    targets: [{ workflow: cd.yml }]\n`,
    {
      '.github/workflows/cd.yml': 'name: CD\non: workflow_dispatch\njobs: {}\n',
    },
  )
  const token = world.createToken({ kind: 'job', repository: stage.source, permissions: FULL })
  const other = world.createToken({
    kind: 'fine-grained',
    user: 'maintainer',
    repositories: [],
    permissions: { actions: 'write', contents: 'read' },
  })
  await stage.play({ payload: await stage.completeCi(), withTargetToken: false, inputs: { token, 'target-token': other } })
  expect(stage.runsOf('hub').filter(({ workflowPath }) => workflowPath.endsWith('/cd.yml'))).toHaveLength(1)
})

test('trouble with what others left open is a warning, and this run’s own work is done', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  const run = await stage.startDispatchRun()
  let kill = (): void => undefined
  stage.github.faults.add({ match: { route: DISPATCH, nth: 1 }, kind: 'lost-answer-before', onLost: () => kill() })
  await stage.play({ payload: await stage.completeCi(), run, onStarted: (child) => (kill = () => void child.kill('SIGKILL')) })
  stage.github.faults.clear()
  for (let nth = 1; nth <= 8; nth += 1) {
    stage.github.faults.add({
      match: { route: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}', nth },
      kind: 'error-before',
    })
  }
  const result = await stage.play({ payload: await stage.completeCi() })
  expect(result.outputs).toMatchObject({ dispatched: '1' })
  expect(result.annotations.map(({ message }) => message).join('\n')).toContain('could not be looked at')
})

test('a public ledger may not tell of a private source either', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  const { world } = stage.github
  await world.addRepository({ owner: 'acme', name: 'open', visibility: 'public' })
  await world.commit({ repository: 'acme/open', files: { 'README.md': 'x' } })
  world.repository('acme/spoke-1').visibility = 'public'
  const token = world.createToken({ kind: 'fine-grained', user: 'maintainer', repositories: 'all', permissions: FULL })
  const result = await stage.play({
    payload: await stage.completeCi(),
    inputs: { 'ledger-repository': 'acme/open', 'ledger-token': token },
  })
  expect([result.exitCode, result.outputs['reason-code']]).toEqual([1, 'ledger-public'])
  expect(started('spoke-1')).toEqual([0])
})

test('an issue that somebody deleted is opened anew by the next problem but one', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 0, refusing: 1 } })
  const { state } = stage.github.world
  await stage.play({ payload: await stage.completeCi() })
  state.issues.clear()
  await stage.play({ payload: await stage.completeCi() })
  await stage.play({ payload: await stage.completeCi() })
  expect(state.issues.size).toBe(1)
})

test.each([
  ['a `config-path` that is not there', { 'config-path': 'typo.yml' }, 'has no typo.yml'],
  ['a full `default-ref`', { 'default-ref': 'refs/heads/main' }, 'default-ref'],
  ['a `default-ref` that is none', { 'default-ref': 'a b ~' }, 'default-ref'],
  ['an `issue-repository` without owner', { 'issue-repository': 'board' }, 'owner/name'],
  ['a `ledger-repository` with too much', { 'ledger-repository': 'acme/hub/x' }, 'owner/name'],
])('%s fails the step and says what to do', async (_, inputs, words) => {
  stage = await createDispatchStage({ fanOut: { targets: 1 } })
  const result = await stage.play({ payload: await stage.completeCi(), inputs: { ...inputs } })
  expect(result.exitCode).toBe(1)
  expect(result.annotations.map(({ message }) => message).join('\n')).toContain(words)
  expect(started('spoke-1')).toEqual([0])
})

test('an archived target is refused in words of its own, and nothing is asked of it', async () => {
  stage = await createDispatchStage({ fanOut: { targets: 2 } })
  stage.github.world.repository('acme/spoke-1').archived = true
  const result = await stage.play({ payload: await stage.completeCi() })
  expect(result.outputs).toMatchObject({ dispatched: '1', failed: '1' })
  expect(result.summary).toContain('is archived, so GitHub starts no workflow there')
  expect(stage.github.log.entries().filter(({ method, path }) => method === 'POST' && path.includes('spoke-1'))).toEqual([])
})
