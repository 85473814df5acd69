import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDispatchStage, type DispatchStage } from '../src/index.ts'

const BRANCH = 'switchyard/dispatch'

let stage: DispatchStage
let workspace: string
beforeEach(async () => {
  stage = await createDispatchStage()
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
})
afterEach(async () => {
  await stage.close()
  await rm(workspace, { recursive: true, force: true })
})

const ask = (command: string, inputs: Readonly<Record<string, string>> = {}) =>
  stage.play({ action: 'ledger', payload: {}, eventName: 'schedule', inputs: { command, ...inputs }, withTargetToken: false, workspace })

const writeSome = async (): Promise<void> => void (await stage.play({ payload: await stage.completeCi() }))

describe('the ledger action', () => {
  test('finds a ledger that was left alone clean', async () => {
    await writeSome()
    const result = await ask('verify')
    expect(result.outputs).toMatchObject({ decision: 'done', 'reason-code': 'clean', findings: '0' })
    expect(Number(result.outputs['events'])).toBeGreaterThan(5)
  })

  test('names what was changed by hand, and makes it anew from the events', async () => {
    await writeSome()
    await stage.github.world.commit({
      repository: stage.source,
      branch: BRANCH,
      files: { 'views/targets.json': '{}', 'views/stray.json': '1' },
    })
    const verified = await ask('verify')
    expect(verified.exitCode).toBe(1)
    expect(verified.outputs['reason-code']).toBe('findings-found')
    expect(verified.summary).toContain('views/targets.json')
    expect(verified.summary).toContain('views/stray.json')
    expect((await ask('rebuild')).outputs['reason-code']).toBe('rebuilt')
    expect((await ask('verify')).outputs['reason-code']).toBe('clean')
    expect((await ask('rebuild')).outputs['reason-code']).toBe('nothing-to-rebuild')
  })

  test('does not overwrite events that no longer parse', async () => {
    await writeSome()
    const store = stage.github.world.git(stage.source)
    const head = (await store.readRef(`refs/heads/${BRANCH}`)) ?? ''
    const [path = ''] = await listBatches(head)
    await stage.github.world.commit({ repository: stage.source, branch: BRANCH, files: { [path]: '{"cut in ha' } })
    const result = await ask('rebuild')
    expect(result.exitCode).toBe(1)
    expect(result.outputs['reason-code']).toBe('ledger-corrupt')
    expect(result.log).toContain(path)
  })

  test('exports every event in order', async () => {
    await writeSome()
    expect((await ask('export', { 'export-path': 'audit.jsonl' })).outputs['reason-code']).toBe('exported')
    const lines = (await readFile(join(workspace, 'audit.jsonl'), 'utf8')).trimEnd().split('\n')
    const numbers = lines.map((line) => Number(/"seq":(\d+)/.exec(line)?.[1]))
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })

  test('exports to no place outside the workspace', async () => {
    await writeSome()
    expect((await ask('export', { 'export-path': '../audit.jsonl' })).outputs['reason-code']).toBe('export-path-outside')
  })

  test('says so when there is no ledger', async () => {
    expect((await ask('verify')).outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'no-ledger' })
  })
})

async function listBatches(head: string): Promise<readonly string[]> {
  const store = stage.github.world.git(stage.source)
  const commit = await store.readCommit(head)
  const walk = async (tree: string, below: string): Promise<readonly string[]> => {
    const entries = (await store.readTree(tree)) ?? []
    const found = await Promise.all(
      entries.map(async ({ name, oid, type }) => (type === 'tree' ? walk(oid, `${below}${name}/`) : [`${below}${name}`])),
    )
    return found.flat()
  }
  return (await walk(commit?.tree ?? '', '')).filter((path) => path.endsWith('.jsonl'))
}
