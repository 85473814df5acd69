import type { JobModel, RunDefaults, StepModel, Strategy } from './model.ts'
import { readPermissions } from './read-permissions.ts'
import { findKey, findText, itemsOf, textsOf, type Template, type TemplateEntry } from './template.ts'

/** A job of the `jobs` mapping. The parser's schema has made sure that what is required is there. */
export function readJob({ key, value, at }: TemplateEntry): JobModel {
  const base = {
    id: key,
    at,
    name: findKey(value, 'name'),
    needs: textsOf(findKey(value, 'needs')),
    condition: readCondition(value),
    permissions: readPermissions(findKey(value, 'permissions')),
    concurrency: findKey(value, 'concurrency'),
    strategy: readStrategy(findKey(value, 'strategy')),
  }
  const uses = findText(findKey(value, 'uses'))
  if (uses !== undefined) {
    const secrets = findKey(value, 'secrets')
    const inherits = findText(secrets) === 'inherit'
    return { ...base, kind: 'call', uses, with: findKey(value, 'with'), secrets: inherits ? 'inherit' : secrets }
  }
  return {
    ...base,
    kind: 'steps',
    runsOn: findKey(value, 'runs-on') ?? { kind: 'literal', value: null, at },
    environment: findKey(value, 'environment'),
    env: findKey(value, 'env'),
    defaults: readDefaults(findKey(value, 'defaults')),
    timeoutMinutes: findKey(value, 'timeout-minutes'),
    continueOnError: findKey(value, 'continue-on-error'),
    outputs: findKey(value, 'outputs'),
    steps: itemsOf(findKey(value, 'steps')).map(readStep),
  }
}

/** A step of a job or of a composite action. */
export function readStep(step: Template): StepModel {
  const base = {
    id: findText(findKey(step, 'id')),
    at: step.at,
    name: findKey(step, 'name'),
    condition: readCondition(step),
    env: findKey(step, 'env'),
    continueOnError: findKey(step, 'continue-on-error'),
    timeoutMinutes: findKey(step, 'timeout-minutes'),
  }
  const uses = findText(findKey(step, 'uses'))
  if (uses !== undefined) return { ...base, kind: 'uses', uses, with: findKey(step, 'with') }
  const script = findKey(step, 'run') ?? { kind: 'literal', value: '', at: step.at }
  return { ...base, kind: 'run', script, shell: findKey(step, 'shell'), workingDirectory: findKey(step, 'working-directory') }
}

export function readDefaults(defaults: Template | undefined): RunDefaults {
  const run = findKey(defaults, 'run')
  return { shell: findKey(run, 'shell'), workingDirectory: findKey(run, 'working-directory') }
}

function readCondition(template: Template): string {
  return findText(findKey(template, 'if')) ?? ''
}

function readStrategy(strategy: Template | undefined): Strategy | undefined {
  if (strategy === undefined) return undefined
  return { matrix: findKey(strategy, 'matrix'), failFast: findKey(strategy, 'fail-fast'), maxParallel: findKey(strategy, 'max-parallel') }
}
