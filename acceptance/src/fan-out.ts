import type { World } from '@switchyard/local-github'
import { OWNER } from './names.ts'

export interface FanOut {
  readonly source: string
  readonly targets: readonly string[]
}

const CI = 'name: CI\non: push\njobs: {}\n'
const DISPATCH = 'name: Dispatch\non: { workflow_run: { workflows: [CI], types: [completed] } }\njobs: {}\n'
const CD = `name: CD
run-name: Deploy \${{ inputs.correlation-id }}
on:
  workflow_dispatch:
    inputs:
      correlation-id: { type: string }
jobs: {}
`

export interface FanOutOptions {
  /** How many targets allow it. */
  readonly targets: number
  /** How many more do not. */
  readonly refusing?: number
  /** Whether the targets' titles show the correlation id. */
  readonly marked?: boolean
}

/** A source with a rule for many targets, each of which allows it or does not. */
export async function addFanOut(world: World, { targets, refusing = 0, marked = true }: FanOutOptions): Promise<FanOut> {
  const source = `${OWNER}/hub`
  const names = Array.from({ length: targets + refusing }, (_, at) => `spoke-${at + 1}`)
  const inbound = `inbound:\n  - source: { repository: hub, workflow: ci.yml }\n    targets: [{ workflow: cd.yml }]\n`
  const cd = marked ? CD : 'name: CD\non: workflow_dispatch\njobs: {}\n'
  for (const [at, name] of names.entries()) {
    await world.addRepository({ owner: OWNER, name })
    const consent: Record<string, string> = at < targets ? { '.github/dispatching.yml': inbound } : {}
    await world.commit({ repository: `${OWNER}/${name}`, files: { '.github/workflows/cd.yml': cd, ...consent } })
  }
  await world.addRepository({ owner: OWNER, name: 'hub' })
  const outbound = `outbound:\n  - source: { workflow: ci.yml }\n    targets:\n${names.map((name) => `      - { repository: ${name}, workflow: cd.yml }\n`).join('')}`
  await world.commit({
    repository: source,
    files: { '.github/dispatching.yml': outbound, '.github/workflows/ci.yml': CI, '.github/workflows/dispatch.yml': DISPATCH },
  })
  return { source, targets: names.map((name) => `${OWNER}/${name}`) }
}
