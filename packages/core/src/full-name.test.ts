import { expect, it } from 'vitest'
import { isAppLogin, isFullName } from './index.ts'

it.each([
  ['acme/tools', true],
  ['acme/.github', true],
  ['octo_acme/c_d.e', true],
  [`acme/${'x'.repeat(101)}`, false],
  ['ac.me/tools', false],
  ['-acme/tools', false],
  ['acme/..', false],
  ['acme/.', false],
  ['acme/tools/more', false],
  ['acme/tools\n', false],
  ['tools', false],
])('%j as the name of a repository: %s', (text, isOne) => {
  expect(isFullName(text)).toBe(isOne)
})

it.each([
  ['github-actions[bot]', true],
  ['bot', false],
  ['[bot]-ada', false],
])('%s as the login of an app: %s', (login, isOne) => {
  expect(isAppLogin(login)).toBe(isOne)
})
