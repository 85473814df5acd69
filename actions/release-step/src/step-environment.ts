export interface RunFacts {
  readonly cluster: string
  readonly namespace: string
  readonly release: string
  readonly step: string
}

/** The environment that a step runs with: what the workflow's own `env` and the machine give, and what it is run for. */
export function toStepEnvironment(
  given: Readonly<Record<string, string>>,
  { cluster, namespace, release, step }: RunFacts,
): Readonly<Record<string, string>> {
  return { ...given, SWITCHYARD_CLUSTER: cluster, SWITCHYARD_NAMESPACE: namespace, SWITCHYARD_RELEASE: release, SWITCHYARD_STEP: step }
}
