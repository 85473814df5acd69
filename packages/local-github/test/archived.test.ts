import { expect, test } from 'vitest'
import { startLocalGitHub } from '../src/index.ts'
import { ask } from './rest-lab.ts'

test('no workflow of an archived repository is dispatched', async () => {
  const github = await startLocalGitHub({ rateLimits: { enforced: false } })
  try {
    const { world } = github
    world.addUser({ login: 'boss' })
    await world.addRepository({ owner: 'boss', name: 'app' })
    await world.commit({ repository: 'boss/app', files: { '.github/workflows/cd.yml': 'on: workflow_dispatch\njobs: {}\n' } })
    const token = world.createToken({ kind: 'classic', user: 'boss', scopes: ['repo', 'workflow'] })
    const dispatch = () => ask(github, 'POST /repos/boss/app/actions/workflows/cd.yml/dispatches', { token, body: { ref: 'main' } })
    expect((await dispatch()).status).toBeLessThan(300)
    expect((await ask(github, 'PATCH /repos/boss/app', { token, body: { archived: true } })).status).toBe(200)
    expect((await dispatch()).status).toBe(403)
    expect(world.state.runs.size).toBe(1)
  } finally {
    await github.close()
  }
})
