import type { GraphqlFault } from '@switchyard/core'
import { expect, it } from 'vitest'
import { commitToGithub } from './github-commit.ts'

const place = { repository: 'acme/shop', branch: 'switchyard/dispatch' }
const change = { expectedHead: 'a', additions: new Map([['ü.json', 'ü']]), deletions: [], headline: 'h', body: '' }

function answer(fault: GraphqlFault): ReturnType<typeof commitToGithub> {
  return commitToGithub(async () => ({ data: { createCommitOnBranch: null }, errors: [fault] }), place, change)
}

it.each([
  ['the expected head is another', { type: 'STALE_DATA', message: 'in any words' }],
  ['the git layer was overtaken', { message: 'Ref refs/heads/x is at 12ab but expected 34cd' }],
  ['the branch is gone', { type: 'NOT_FOUND', message: 'No such branch' }],
])('is stale when %s', async (_, fault) => {
  expect(await answer(fault)).toEqual({ kind: 'stale' })
})

it.each([
  ['FORBIDDEN', 'LEDGER_FORBIDDEN'],
  ['BRANCH_PROTECTION_RULE_VIOLATION', 'LEDGER_PROTECTED'],
  ['UNPROCESSABLE', 'LEDGER_PROTECTED'],
  [undefined, 'GITHUB_UNEXPECTED'],
])('an error of type %s is %s', async (type, code) => {
  await expect(answer({ type, message: 'Something went wrong' })).rejects.toMatchObject({ code })
})

it('names the head of the new commit, and sends texts as base64 of UTF-8', async () => {
  const sent: unknown[] = []
  const outcome = await commitToGithub(
    async (_, variables) => {
      sent.push(variables)
      return { data: { createCommitOnBranch: { commit: { oid: 'b' } } }, errors: [] }
    },
    place,
    change,
  )
  expect(outcome).toEqual({ kind: 'committed', head: 'b' })
  expect(sent).toMatchObject([
    { input: { expectedHeadOid: 'a', fileChanges: { additions: [{ path: 'ü.json', contents: 'w7w=' }], deletions: [] } } },
  ])
})
