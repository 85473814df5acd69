import { expect, test } from 'vitest'
import { commentOf } from './start-runs.ts'
import { toStepEnvironment } from './step-environment.ts'

const FACTS = { cluster: 'eu-1', namespace: 'brede', release: 'spring', step: 'backup' }

test('a step has what the workflow gives it and what it is run for, and nothing of this action’s', () => {
  const environment = {
    PATH: '/bin', HOME: '/home/runner', CLUSTER_TOKEN: 'of the environment', NONE: undefined,
    INPUT_TOKEN: 'x', 'INPUT_LEDGER-TOKEN': 'x', GITHUB_TOKEN: 'x', GITHUB_ENV: 'x', ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x', RUNNER_TEMP: 'x',
    STATE_a: 'x', NODE_OPTIONS: 'x', BASH_ENV: 'x', SWITCHYARD_CLUSTER: 'x',
  }
  expect(toStepEnvironment(environment, FACTS)).toEqual({
    PATH: '/bin', HOME: '/home/runner', CLUSTER_TOKEN: 'of the environment',
    SWITCHYARD_CLUSTER: 'eu-1', SWITCHYARD_NAMESPACE: 'brede', SWITCHYARD_RELEASE: 'spring', SWITCHYARD_STEP: 'backup',
  })
})

test.each([
  ['comment-17-backup-eu-1/brede', 17],
  ['run-17-backup-eu-1/brede', undefined],
  ['x comment-17-', undefined],
  ['comment-17', undefined],
])('the comment of %s', (correlation, id) => {
  expect(commentOf(correlation)).toBe(id)
})
