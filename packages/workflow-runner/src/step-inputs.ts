import type { ActionManifest } from './action-manifest.ts'
import { evaluateText } from './expressions/evaluate.ts'
import type { Scope } from './expressions/evaluate.ts'
import type { StepLog } from './step-log.ts'

/**
 * What a step's `with:` and the action's defaults come to. Names are compared without case. Warns, as the runner does,
 * of inputs the action does not declare and of those it calls deprecated; a missing required input is not its business.
 */
export function resolveInputs(
  manifest: ActionManifest,
  given: Readonly<Record<string, string>>,
  { scope, log }: { readonly scope: Scope; readonly log: StepLog },
): ReadonlyMap<string, string> {
  const declared = new Map([...manifest.inputs].map(([name, input]) => [name.toLowerCase(), input]))
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()))
  for (const name of Object.keys(given)) {
    const message = declared.get(name.toLowerCase())?.deprecationMessage
    if (message !== undefined) log.annotate({ level: 'warning', message: `Input '${name}' has been deprecated with message: ${message}` })
  }
  if (unexpected.length > 0) {
    const valid = [...manifest.inputs.keys()].join("', '")
    log.annotate({ level: 'warning', message: `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']` })
  }
  const givenNames = new Set(Object.keys(given).map((name) => name.toLowerCase()))
  const defaults = [...manifest.inputs].filter(([name]) => !givenNames.has(name.toLowerCase()))
  return new Map([...Object.entries(given), ...defaults.map(([name, input]) => [name, evaluateText(input.default, scope)] as const)])
}

/** The inputs as variables: spaces become underscores, letters upper case, hyphens stay (runner, `Handler`). */
export function toInputVariables(inputs: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...inputs].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}
