import { expect, test } from 'vitest'
import { toProgramEnvironment } from './context.ts'

test('a program has what the workflow gives it, and nothing of the action’s', () => {
  const environment = {
    PATH: '/bin',
    HOME: '/home/runner',
    CLUSTER_TOKEN: 'of the environment',
    NONE: undefined,
    INPUT_TOKEN: 'x',
    'INPUT_LEDGER-TOKEN': 'x',
    GITHUB_TOKEN: 'x',
    GITHUB_ENV: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
    RUNNER_TEMP: 'x',
    STATE_a: 'x',
    NODE_OPTIONS: 'x',
    BASH_ENV: 'x',
    SWITCHYARD_CLUSTER: 'x',
  }
  expect(toProgramEnvironment(environment)).toEqual({ PATH: '/bin', HOME: '/home/runner', CLUSTER_TOKEN: 'of the environment' })
})
