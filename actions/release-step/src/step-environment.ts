/** What the runner and the workflow give this action, and no step of a release: tokens, inputs, files that carry commands. */
const WITHHELD = /^(INPUT_|STATE_|GITHUB_|ACTIONS_|RUNNER_|SWITCHYARD_|NODE_OPTIONS$|BASH_ENV$|ENV$)/i

export interface RunFacts {
  readonly cluster: string
  readonly namespace: string
  readonly release: string
  readonly step: string
}

/** The environment that a step runs with: what the workflow's own `env` and the machine give, and what it is run for. */
export function toStepEnvironment(environment: Readonly<Record<string, string | undefined>>, { cluster, namespace, release, step }: RunFacts): Readonly<Record<string, string>> {
  const given = Object.entries(environment).flatMap(([name, value]) => (value === undefined || WITHHELD.test(name) ? [] : [[name, value] as const]))
  return { ...Object.fromEntries(given), SWITCHYARD_CLUSTER: cluster, SWITCHYARD_NAMESPACE: namespace, SWITCHYARD_RELEASE: release, SWITCHYARD_STEP: step }
}
