import { afterEach, describe, expect, test } from 'vitest'
import { dispatchDecider } from '@switchyard/dispatching/records'
import { watchContract } from '@switchyard/local-github/contract'
import { verify } from '@switchyard/ledger/maintenance'
import { createDispatchStage, type DispatchStage, type DispatchStageOptions, openLedger } from '../src/index.ts'

let stage: DispatchStage
afterEach(() => stage.close())

const open = async (options: DispatchStageOptions = {}): Promise<void> => {
  stage = await createDispatchStage(options)
}

const findings = async (): Promise<readonly unknown[]> => {
  const store = openLedger(stage.github, { repository: stage.source, branch: 'switchyard/dispatch', token: stage.tokens.job })
  return (await verify(dispatchDecider, store)).findings
}

describe('the example', () => {
  test('starts the workflow of the target that allows it, and tells why the other does not', async () => {
    await open()
    const contract = watchContract(stage.github)
    const result = await stage.play({ payload: await stage.completeCi() })
    expect(result.outputs).toMatchObject({
      decision: 'done',
      'reason-code': 'dispatched',
      dispatched: '1',
      denied: '1',
      failed: '0',
      skipped: '0',
    })
    expect(stage.runsOf('target-service').map((run) => [run.event, run.headBranch])).toEqual([['workflow_dispatch', 'main']])
    expect(stage.runsOf('target-locked')).toEqual([])
    expect(result.summary).toContain('- source: { repository: acme/source-app, workflow: ci.yml }')
    expect(result.exitCode).toBe(0)
    const [check] = stage.github.world.state.checkRuns.values()
    expect(check).toMatchObject({ name: 'dispatch', conclusion: 'neutral', output: { title: '1 dispatched, 1 denied' } })
    const [issue] = stage.github.world.state.issues.values()
    expect(issue?.title).toBe('Dispatch from acme/source-app to cd.yml of acme/target-locked')
    expect(await findings()).toEqual([])
    await stage.github.world.events.settled()
    contract.check()
  })

  test('delivered twice, happens once', async () => {
    await open()
    const payload = await stage.completeCi()
    await stage.play({ payload })
    const { issues, checkRuns, comments } = stage.github.world.state
    const before = [issues.size, checkRuns.size, comments.size]
    const second = await stage.play({ payload })
    expect(second.outputs).toMatchObject({ dispatched: '0', skipped: '1' })
    expect(stage.runsOf('target-service')).toHaveLength(1)
    expect([issues.size, checkRuns.size, comments.size]).toEqual(before)
  })

  test('delivered to two runs at once, happens once', async () => {
    await open({ latency: 20 })
    const payload = await stage.completeCi()
    const results = await Promise.all([stage.play({ payload }), stage.play({ payload })])
    expect(stage.runsOf('target-service')).toHaveLength(1)
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(await findings()).toEqual([])
  })

  test('closes the issue when the target allows it later', async () => {
    await open()
    await stage.play({ payload: await stage.completeCi() })
    await stage.github.world.commit({
      repository: 'acme/target-locked',
      files: {
        '.github/dispatching.yml':
          'inbound:\n  - source: { repository: source-app, workflow: ci.yml }\n    targets: [{ workflow: cd.yml }]\n',
      },
    })
    const result = await stage.play({ payload: await stage.completeCi() })
    expect(result.outputs).toMatchObject({ dispatched: '2', denied: '0' })
    const [issue] = stage.github.world.state.issues.values()
    expect(issue?.state).toBe('closed')
    expect(stage.github.world.state.comments.size).toBe(1)
  })

  test('comments on the issue of a problem that comes back', async () => {
    await open()
    await stage.play({ payload: await stage.completeCi() })
    await stage.play({ payload: await stage.completeCi() })
    expect(stage.github.world.state.issues.size).toBe(1)
    expect(stage.github.world.state.comments.size).toBe(1)
  })

  test('in a dry run writes and starts nothing', async () => {
    await open()
    const payload = await stage.completeCi()
    const run = await stage.startDispatchRun()
    stage.github.log.reset()
    const result = await stage.play({ payload, run, inputs: { 'dry-run': 'true' } })
    expect(result.outputs).toMatchObject({ decision: 'done', dispatched: '1', denied: '1' })
    expect(stage.runsOf('target-service')).toEqual([])
    expect(stage.github.log.entries().filter(({ method, route }) => method !== 'GET' && !route.includes('graphql'))).toEqual([])
    expect(await stage.github.world.git(stage.source).readRef('refs/heads/switchyard/dispatch')).toBeUndefined()
  })
})

describe('what is not for us', () => {
  test('asks nothing of GitHub: another event, another action', async () => {
    await open()
    const payload = await stage.completeCi()
    const run = await stage.startDispatchRun()
    stage.github.log.reset()
    const comment = await stage.play({ payload: { action: 'created', comment: {} }, run, eventName: 'issue_comment' })
    const requested = await stage.play({ payload: { ...payload, action: 'requested' }, run })
    expect([comment, requested].map(({ outputs }) => outputs['reason-code'])).toEqual(['not-a-completed-run', 'not-a-completed-run'])
    expect(stage.github.log.count()).toBe(0)
  })

  test('costs one request: a workflow that no rule names, a repository without rules', async () => {
    await open()
    const run = await stage.startDispatchRun()
    const own = await stage.github.world.completeRun(run.id)
    stage.github.log.reset()
    const result = await stage.play({ payload: own, run })
    expect(result.outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'no-rule' })
    expect(stage.github.log.count()).toBe(1)
    await stage.github.world.commit({ repository: stage.source, files: { '.github/dispatching.yml': null } })
    stage.github.log.reset()
    expect((await stage.play({ payload: own, run })).outputs['reason-code']).toBe('no-config')
    expect(stage.github.log.count()).toBe(1)
  })
})

describe('what is wrong', () => {
  test('with the source’s file is annotated on its line, and the step fails', async () => {
    await open()
    await stage.github.world.commit({
      repository: stage.source,
      files: { '.github/dispatching.yml': 'outbound:\n  - source: { workflow: ci.yml }\n    target: []\n' },
    })
    const result = await stage.play({ payload: await stage.completeCi() })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'config-invalid' })
    expect(result.annotations.filter(({ file }) => file !== undefined)).toContainEqual(
      expect.objectContaining({ file: '.github/dispatching.yml', line: 3 }),
    )
  })

  test('with the credentials is said before anything is written', async () => {
    await open()
    const result = await stage.play({ payload: await stage.completeCi(), withTargetToken: false })
    expect(result.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'no-cross-repository-token' })
    expect(await stage.github.world.git(stage.source).readRef('refs/heads/switchyard/dispatch')).toBeUndefined()
  })

  test('with the permissions names the one that is missing', async () => {
    await open()
    const payload = await stage.completeCi()
    const token = stage.github.world.createToken({
      kind: 'job',
      repository: stage.source,
      permissions: { actions: 'read', contents: 'read' },
    })
    const result = await stage.play({ payload, inputs: { token } })
    expect(result.exitCode).toBe(1)
    expect(result.outputs['reason-code']).toBe('ledger-forbidden')
    expect(result.log).toContain('contents: write')
    expect(stage.runsOf('target-service')).toEqual([])
  })

  test('with the check run’s permission is a warning', async () => {
    await open()
    const payload = await stage.completeCi()
    const token = stage.github.world.createToken({
      kind: 'job',
      repository: stage.source,
      permissions: { actions: 'read', contents: 'write', issues: 'write' },
    })
    const result = await stage.play({ payload, inputs: { token } })
    expect(result.exitCode).toBe(0)
    expect(result.annotations.some(({ level, message }) => level === 'warning' && message.includes('check run'))).toBe(true)
  })
})

test('nothing that comes out holds a token', async () => {
  await open()
  const payload = await stage.completeCi()
  const first = await stage.play({ payload })
  const refused = await stage.play({ payload, inputs: { token: stage.tokens.targets.slice(0, -1) } })
  const files = await allLedgerTexts()
  const { issues, comments, checkRuns } = stage.github.world.state
  // The runner itself prints what a step is given; a token that is no secret of the repository's is the workflow's doing.
  const said = [first, refused].map(({ outputs, summary, annotations, log }) => [
    outputs,
    summary,
    annotations,
    log.slice(log.indexOf('##[endgroup]')),
  ])
  const seen = JSON.stringify([
    said,
    [...issues.values()],
    [...comments.values()],
    [...checkRuns.values()],
    files,
    stage.github.log.lines(),
  ])
  expect(seen.length).toBeGreaterThan(5_000)
  for (const token of Object.values(stage.tokens)) expect(seen).not.toContain(token)
  expect(seen).not.toContain(stage.tokens.targets.slice(0, -1))
})

async function allLedgerTexts(): Promise<readonly string[]> {
  const store = openLedger(stage.github, { repository: stage.source, branch: 'switchyard/dispatch', token: stage.tokens.job })
  const head = await stage.github.world.git(stage.source).readRef('refs/heads/switchyard/dispatch')
  const paths = (await store.listAt(head ?? '')).map(({ path }) => path)
  return [...(await store.readAt(head ?? '', paths)).values()]
}

describe('a public ledger', () => {
  test('tells nothing of private targets unless that is wanted', async () => {
    await open()
    stage.github.world.repository(stage.source).visibility = 'public'
    const payload = await stage.completeCi()
    const result = await stage.play({ payload })
    expect(result.exitCode).toBe(1)
    expect(result.outputs['reason-code']).toBe('ledger-public')
    expect(stage.runsOf('target-service')).toEqual([])
    expect((await stage.play({ payload, inputs: { 'allow-public-ledger': 'true' } })).outputs).toMatchObject({ dispatched: '1' })
    const [check] = stage.github.world.state.checkRuns.values()
    expect(check?.output.summary).not.toContain('target-service')
  })
})

test('a ruleset on every branch is named, with what to exclude', async () => {
  await open()
  stage.github.world.addRuleset(stage.source, { name: 'all branches', include: ['~ALL'], rules: ['update'] })
  const result = await stage.play({ payload: await stage.completeCi() })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['reason-code']).toBe('ledger-protected')
  expect(result.log).toContain('switchyard/**')
  expect(stage.runsOf('target-service')).toEqual([])
})
