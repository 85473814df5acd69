import { inspect } from 'node:util'
import { GitHubError, toEnvelope } from '@switchyard/core'
import { expect, test } from 'vitest'
import { caught, openLab, TOKEN } from '../test/lab.ts'
import type { Script } from '../test/scripted-server.ts'

test.each([
  ['a refusal', () => ({ status: 403 })],
  ['a failure', () => ({ status: 502 })],
  ['a lost answer', () => 'drop'],
  ['a limit', () => ({ status: 429, headers: { 'retry-after': '1' } })],
  ['a redirected write', () => ({ status: 307, headers: { location: '/x' } })],
] satisfies [string, Script][])('nothing that comes out of %s holds the token or the data that was sent', async (_, script) => {
  await using lab = await openLab(script)
  const error = await caught(
    lab.github.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'web', title: 'private words' }),
  )
  if (!(error instanceof GitHubError)) throw error
  const written = [JSON.stringify(toEnvelope(error, 0)), error.message, error.hint, error.stack, ...lab.ports.logged].join('\n')
  expect(written).not.toContain(TOKEN)
  expect(written).not.toContain('private words')
  expect(inspect(error, { depth: 9 })).not.toContain(TOKEN)
})
