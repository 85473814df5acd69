import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLocalGitHub } from '../src/index.ts'
import { openLab } from './graphql-lab.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a world goes on from its snapshot: tables, git and tokens', async () => {
  const lab = await openLab()
  await lab.world.commit({ repository: 'acme/app', files: { 'kept.txt': 'kept' } })
  const target = join(folder, 'whole')
  await lab.github.snapshot(target)
  await lab.world.commit({ repository: 'acme/app', files: { 'later.txt': 'later' } })
  await lab.github.close()
  const again = await startLocalGitHub({ restoreFrom: target })
  const read = async (path: string): Promise<number> =>
    (await fetch(`${again.apiUrl}/repos/acme/app/contents/${path}`, { headers: { authorization: `bearer ${lab.token}` } })).status
  expect([await read('kept.txt'), await read('later.txt')]).toEqual([200, 404])
  const added = await again.world.addRepository({ owner: 'acme', name: 'other' })
  expect(added.id).toBeGreaterThan(again.world.repository('acme/app').id)
  await again.close()
})

test('what is no snapshot is refused', async () => {
  await writeFile(join(folder, 'state.bin'), serialize({ format: 0, state: {} }))
  await expect(startLocalGitHub({ restoreFrom: folder })).rejects.toThrow('holds no snapshot')
})
