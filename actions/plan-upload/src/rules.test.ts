import { expect, test } from 'vitest'
import { CONFIG_PATH } from './observe.ts'
import { readRules } from './rules.ts'

const facts = (text: string | undefined, why?: string) => ({
  nameWithOwner: 'acme/shelf',
  files: new Map(text === undefined ? [] : [[CONFIG_PATH, text]]),
  unreadable: new Map(why === undefined ? [] : [[CONFIG_PATH, why]]),
})

test('a repository without rules has the defaults; one whose rules cannot be read, or have faults, has none at all', async () => {
  expect(await readRules(facts(undefined))).toEqual({ rules: [], accepts: [] })
  expect((await readRules(facts('accepts: [ideas]\n'))).accepts).toEqual(['acme/ideas'])
  await expect(readRules(facts(undefined, 'it is binary'))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('cannot be read: it is binary.'),
  })
  await expect(readRules(facts('accepts: 1\n'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
