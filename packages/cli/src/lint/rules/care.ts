import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import { type Finding, findPair, findText, offsetOf, readJobs, readSteps, type Rule } from '../yaml-file.ts'

/** A job that hangs runs for GitHub's default of six hours. */
export const timeLimits: Rule = (file) =>
  readJobs(file)
    .filter(({ map }) => findPair(map, 'uses') === undefined && findPair(map, 'timeout-minutes') === undefined)
    .map(({ offset }): Finding => ({
      code: 'no-time-limit',
      message: 'The job has no `timeout-minutes`',
      hint: 'Say how long it may take; the default is six hours.',
      severity: 'warning',
      offset,
    }))

/** actions/checkout leaves the job's token in the clone's configuration, for every later step to find. */
export const persistedCredentials: Rule = (file) =>
  readSteps(file).flatMap(({ map, offset }): readonly Finding[] => {
    const uses = findText(file.document, map, 'uses')?.value ?? ''
    if (!/^actions\/checkout@/i.test(uses) || isRefused(map.getIn(['with', 'persist-credentials']))) return []
    return [
      {
        code: 'persisted-credentials',
        message: 'The checkout leaves the token on disk for later steps',
        hint: 'Set `persist-credentials: false`.',
        severity: 'warning',
        offset,
      },
    ]
  })

const isRefused = (value: unknown): boolean => value === false || value === 'false'

/** It runs with secrets and a writing token on what strangers wrote. */
export const dangerousTriggers: Rule = (file) => {
  if (file.kind !== 'workflow') return []
  return triggersOf(file.document.get('on', true))
    .filter(({ name }) => name === 'pull_request_target')
    .map(({ offset }): Finding => ({
      code: 'dangerous-trigger',
      message: '`pull_request_target` runs with secrets on what strangers wrote',
      hint: 'Use `pull_request`, or `workflow_run` after it.',
      severity: 'warning',
      offset,
    }))
}

function triggersOf(on: unknown): readonly { readonly name: unknown; readonly offset: number }[] {
  if (isScalar(on)) return [{ name: on.value, offset: offsetOf(on) }]
  if (isSeq(on)) return on.items.map((item) => ({ name: isScalar(item) ? item.value : undefined, offset: offsetOf(item) }))
  return isMap(on)
    ? (on satisfies YAMLMap).items.map(({ key }) => ({ name: isScalar(key) ? key.value : undefined, offset: offsetOf(key) }))
    : []
}
