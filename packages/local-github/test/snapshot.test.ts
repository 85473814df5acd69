import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLocalGitHub } from '../src/index.ts'
import { openLab } from './graphql-lab.ts'
import { ask } from './rest-lab.ts'

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

test('a restored world answers every question as it did but for its address, and holds no token', async () => {
  const { github, world, token } = await openLab({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true } })
  await world.commit({ repository: 'acme/app', files: { '.github/workflows/ci.yml': 'on: workflow_dispatch\njobs: {}\n' } })
  world.addRuleset('acme/app', { name: 'r', include: ['~ALL'], rules: ['deletion'] })
  await ask(github, 'POST /repos/acme/app/issues', { token, body: { title: 'kept', labels: ['bug'] } })
  await ask(github, 'PUT /repos/acme/app/contents/x', { token, body: { message: 'signed', content: 'eA==' } })
  await ask(github, 'POST /repos/acme/app/actions/workflows/ci.yml/dispatches', { token, body: { ref: 'main' } })
  const target = join(folder, 'same')
  await github.snapshot(target)
  expect(await readFile(join(target, 'state.bin'), 'latin1')).not.toContain(token)
  const again = await startLocalGitHub({ restoreFrom: target, clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true } })
  const paths = [
    '',
    '/issues/1',
    '/labels',
    '/commits',
    '/git/ref/heads/main',
    '/contents/x',
    '/actions/workflows',
    '/actions/workflows/ci.yml/runs',
  ]
  for (const path of paths) {
    const [one, other] = await Promise.all([github, again].map((each) => ask(each, `GET /repos/acme/app${path}`, { token })))
    const moved = JSON.stringify(other?.body)
      .replaceAll(again.serverUrl, github.serverUrl)
      .replaceAll(new URL(again.serverUrl).host, new URL(github.serverUrl).host)
    expect([path, other?.status, moved]).toEqual([path, 200, JSON.stringify(one?.body)])
  }
  const next = await ask(again, 'POST /repos/acme/app/issues', { token, body: { title: 'next' } })
  expect([next.status, next.body.number]).toEqual([201, 2])
  expect((await ask(again, 'DELETE /repos/acme/app/git/refs/heads/main', { token })).status).toBe(422)
  await Promise.all([github.close(), again.close()])
})
