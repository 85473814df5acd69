import { expect, it } from 'vitest'
import { findApp } from './app-clients.ts'

it('an App is its id with its key', () => {
  expect(findApp({ appId: '7', privateKey: 'PEM' }, 'target-token')).toEqual({ appId: '7', privateKey: 'PEM' })
  expect(findApp({ appId: undefined, privateKey: undefined }, 'target-token')).toBeUndefined()
})

it.each([
  { appId: '7', privateKey: undefined },
  { appId: undefined, privateKey: 'PEM' },
])('half of an App is refused, with what serves instead: %j', (half) => {
  expect(() => findApp(half, 'target-token')).toThrowError(
    expect.objectContaining({ code: 'INVALID_INPUT', hint: 'Give both, or use `target-token`.' }) as Error,
  )
})
