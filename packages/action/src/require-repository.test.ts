import { expect, it } from 'vitest'
import { requireRepository } from './require-repository.ts'

it.each([undefined, 'acme/tools', 'acme/.github', 'a-b/c_d.e'])('takes %s', (value) => {
  expect(() => requireRepository('ledger-repository', value)).not.toThrow()
})

it.each(['tools', 'acme/', '/tools', 'acme/tools/more', 'acme/..', 'ac.me/tools', 'acme/to ols', 'https://github.example/acme/tools', ''])(
  'refuses %j by name',
  (value) => {
    expect(() => requireRepository('ledger-repository', value)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: `\`ledger-repository\` is written owner/name, not ${JSON.stringify(value)}.`,
      }) as Error,
    )
  },
)
