import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createReleaseStage, PLATFORM } from '../src/index.ts'

test('the ledger action verifies, exports and makes anew what a release wrote', async () => {
  const stage = await createReleaseStage()
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  const ask = (inputs: Readonly<Record<string, string>>) =>
    stage.play({ action: 'ledger', workspace, inputs: { stream: 'release', ...inputs } })
  try {
    await stage.say(await stage.openIssue('Hotfix'), '/release activate hotfix')
    const board = 2
    await stage.say(board, '/step done rotate --all\n/step override reload eu-1/brede\n```\necho own\n```')
    await stage.say(board, '/step add eu-1/brede deploy bash "Warm the cache"\n```\necho warm\n```')
    expect((await ask({ command: 'verify' })).outputs).toMatchObject({ 'reason-code': 'clean', findings: '0' })

    const files = await stage.readLedger()
    await stage.github.world.commit({
      repository: PLATFORM,
      branch: 'switchyard/release',
      files: { 'views/matrix/hotfix.json': '{}', 'views/stray.json': '1' },
    })
    expect((await ask({ command: 'verify' })).outputs).toMatchObject({ 'reason-code': 'findings-found', findings: '2' })
    expect((await ask({ command: 'rebuild' })).outputs['reason-code']).toBe('rebuilt')
    expect(await stage.readLedger()).toEqual(files)

    expect((await ask({ command: 'export', 'export-texts': 'true' })).outputs['reason-code']).toBe('exported')
    const lines = (await readFile(join(workspace, 'ledger.jsonl'), 'utf8')).trimEnd().split('\n')
    for (const content of ['echo rotated', 'echo own', 'echo warm']) {
      expect(lines.filter((line) => line.startsWith('{"sha256":') && line.includes(content))).toHaveLength(1)
    }
  } finally {
    await stage.close()
    await rm(workspace, { recursive: true, force: true })
  }
})
