import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONTROL, createBootstrapStage } from '../src/index.ts'

const BRANCH = 'switchyard/bootstrap'

test('the ledger action verifies, exports and makes anew what a bootstrap wrote', async () => {
  const stage = await createBootstrapStage()
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  const ask = (inputs: Readonly<Record<string, string>>) =>
    stage.play({ action: 'ledger', credential: 'none', workspace, inputs: { stream: 'bootstrap', ...inputs } })
  try {
    const made = await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'shop' } })
    expect(made.outputs['reason-code']).toBe('created')
    expect((await ask({ command: 'verify' })).outputs).toMatchObject({ 'reason-code': 'clean', findings: '0' })

    expect((await ask({ command: 'export', 'export-texts': 'true' })).outputs['reason-code']).toBe('exported')
    const lines = (await readFile(join(workspace, 'ledger.jsonl'), 'utf8')).trimEnd().split('\n')
    const [text = ''] = lines.filter((line) => line.startsWith('{"sha256":'))
    const hash = /"sha256":"([0-9a-f]{64})"/.exec(text)?.[1] ?? ''
    expect(lines.filter((line) => line.includes(`"${hash}"`)).length).toBeGreaterThan(1)

    const path = `blobs/${hash.slice(0, 2)}/${hash}`
    await stage.github.world.commit({ repository: CONTROL, branch: BRANCH, files: { 'views/stray.json': '1', [path]: 'altered' } })
    const verified = await ask({ command: 'verify' })
    expect(verified.outputs['reason-code']).toBe('findings-found')
    expect(verified.summary).toContain(path)
    expect((await ask({ command: 'rebuild' })).outputs['reason-code']).toBe('rebuilt')
    expect((await ask({ command: 'verify' })).outputs['findings']).toBe('1')
    expect((await ask({ command: 'verify', stream: 'dispatch', 'ledger-branch': BRANCH })).outputs['reason-code']).toBe('ledger-foreign')
  } finally {
    await stage.close()
    await rm(workspace, { recursive: true, force: true })
  }
})
