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
