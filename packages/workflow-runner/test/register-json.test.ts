import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..')
const hooks = pathToFileURL(join(folder, 'src/register-json.ts')).href
const json = pathToFileURL(join(folder, 'package.json')).href

/** What a module prints, run by Node itself: the test runner has loaders of its own. */
async function print(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source], { cwd: folder })
  return stdout.trim()
}

test('JSON is imported without being called JSON, and as before when it is, or when it is required', async () => {
  const load = `const { default: found } = await import('${json}')\nconsole.log(found.type)`
  await expect(print(load)).rejects.toThrow('ERR_IMPORT_ATTRIBUTE_MISSING')
  expect(await print(`await import('${hooks}')\n${load}`)).toBe('module')
  expect(await print(`await import('${hooks}')\n${load.replace(`'${json}'`, `'${json}', { with: { type: 'json' } }`)}`)).toBe('module')
  expect(
    await print(
      `await import('${hooks}')\nconst { createRequire } = await import('node:module')\nconsole.log(createRequire('${json}')('./package.json').type)`,
    ),
  ).toBe('module')
})
