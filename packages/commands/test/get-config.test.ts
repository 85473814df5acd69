import { expect, it } from 'vitest'
import { CONFIG_PATH, getSwitchyardConfig, NO_CONFIG } from '../src/index.ts'

const FILE = CONFIG_PATH
const get = (text: string | undefined, why?: string) =>
  getSwitchyardConfig(
    {
      nameWithOwner: 'acme/shelf',
      files: new Map(text === undefined ? [] : [[FILE, text]]),
      unreadable: new Map(why === undefined ? [] : [[FILE, why]]),
    },
    [{ family: 'step', name: 'run', summary: 'Runs a step' }],
  )

it('a repository without the file has the defaults; bare names in it are its owner’s', async () => {
  expect(await get(undefined)).toEqual(NO_CONFIG)
  expect((await get('accepts: [ideas]\n')).accepts).toEqual(['acme/ideas'])
})

it('a file that cannot be read, or has faults, gives nobody leave and says which it is', async () => {
  await expect(get(undefined, 'it is binary')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${FILE} of acme/shelf cannot be read: it is binary.`,
    hint: expect.stringContaining('as YAML'),
  })
  await expect(get('accepts: 1\n')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(`${FILE} of acme/shelf has faults: `),
    place: { file: FILE, line: 1, column: 10 },
    faults: [{ place: { line: 1 } }],
  })
})
