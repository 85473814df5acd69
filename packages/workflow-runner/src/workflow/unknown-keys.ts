import type { WorkflowFault } from './model.ts'
import { entriesOf, findKey, itemsOf, type Template } from './template.ts'

const workflowKeys = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs']
const jobKeys = [
  'name',
  'needs',
  'if',
  'permissions',
  'concurrency',
  'strategy',
  'runs-on',
  'environment',
  'env',
  'defaults',
  'timeout-minutes',
  'continue-on-error',
  'outputs',
  'steps',
  'uses',
  'with',
  'secrets',
]
export const stepKeys = [
  'id',
  'name',
  'if',
  'env',
  'continue-on-error',
  'timeout-minutes',
  'uses',
  'with',
  'run',
  'shell',
  'working-directory',
]
const concurrencyKeys = ['group', 'cancel-in-progress', 'queue']
const environmentKeys = ['name', 'url', 'deployment']
const strategyKeys = ['matrix', 'fail-fast', 'max-parallel']

/** Keys that GitHub's schema allows and this runner does not know: better refused by name than left out in silence. */
export function findUnknownKeys(file: string, root: Template): readonly WorkflowFault[] {
  const jobs = entriesOf(findKey(root, 'jobs')).map(({ value }) => value)
  const steps = jobs.flatMap((job) => itemsOf(findKey(job, 'steps')))
  const checked: readonly (readonly [Template | undefined, readonly string[]])[] = [
    [root, workflowKeys],
    [findKey(root, 'concurrency'), concurrencyKeys],
    ...jobs.flatMap((job) => [
      [job, jobKeys] as const,
      [findKey(job, 'concurrency'), concurrencyKeys] as const,
      [findKey(job, 'environment'), environmentKeys] as const,
      [findKey(job, 'strategy'), strategyKeys] as const,
    ]),
    ...steps.map((step) => [step, stepKeys] as const),
  ]
  return checked.flatMap(([template, known]) =>
    entriesOf(template)
      .filter(({ key }) => !known.includes(key))
      .map(({ key, at }) => ({ file, at, message: `\`${key}\` is not supported by this runner` })),
  )
}
