/** Two clusters, four customers, one of whom is gone. */
export const INVENTORY = `clusters:
  - name: eu-1
    tags: [hosted]
    sql_command: cat
    customers:
      - { name: Port of Brede, namespace: brede, tags: [canary] }
      - { name: Kaldvik Marina, namespace: kaldvik }
      - { name: Old Quay, namespace: old-quay, active: false }
  - name: us-1
    customers:
      - { name: Pelican Bay, namespace: pelican }
`

/** Two steps to deploy, one to verify. */
export const HOTFIX = `name: A certificate that ends too early
type: hotfix
version_number: '4.1.3'
release_date: 2026-11-20
description: The certificate of the payment gateway ends on 30 November.
steps:
  deploy:
    - { id: rotate, name: Put the new certificate in place, type: bash, content: echo rotated }
    - { id: reload, name: Reload the gateway, type: bash, content: echo reloaded }
  verify:
    - { id: handshake, name: Look at the certificate from outside, type: text, content: Open the payment page. }
`

/** An inventory of so many customers, forty a cluster. */
export function inventoryOf(customers: number): string {
  const clusters = Array.from({ length: Math.ceil(customers / CLUSTER) }, (_, at) => {
    const members = Array.from(
      { length: Math.min(CLUSTER, customers - at * CLUSTER) },
      (__, nth) => `      - { name: Harbour ${at + 1}-${nth + 1}, namespace: harbour-${nth + 1} }\n`,
    )
    return `  - name: cluster-${at + 1}\n    customers:\n${members.join('')}`
  })
  return `clusters:\n${clusters.join('')}`
}

const CLUSTER = 40

/** A release of so many steps, one in five of them to verify. */
export function releaseOf(steps: number): string {
  const stepsFrom = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, at) => `    - { id: step-${from + at + 1}, name: Work off part ${from + at + 1}, type: bash, content: echo ${from + at + 1} }\n`,
    ).join('')
  const deploy = Math.ceil(steps * 0.8)
  return `name: The autumn release\ntype: release\nversion_number: '2026.4'\nsteps:\n  deploy:\n${stepsFrom(0, deploy)}${deploy < steps ? `  verify:\n${stepsFrom(deploy, steps)}` : ''}`
}
