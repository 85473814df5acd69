import { parseDispatching } from '../src/config.ts'
import {
  type CompletedRun,
  type Chain,
  type DispatchConfig,
  type DispatchOptions,
  type FoundTarget,
  type SourceRepository,
  findChain,
  type TargetFacts,
} from '../src/index.ts'
import { type DecisionInput, decideTargets, selectRules } from '../src/config.ts'

export const SOURCE: SourceRepository = { id: 1, nameWithOwner: 'acme/shop', visibility: 'private' }

export const RUN: CompletedRun = {
  id: 9127,
  number: 7,
  attempt: 1,
  path: '.github/workflows/ci.yml',
  workflow: 'CI',
  displayTitle: 'Fix the till',
  event: 'push',
  conclusion: 'success',
  headBranch: 'main',
  headSha: 'a'.repeat(40),
  headRepositoryId: 1,
  actor: 'mona',
  url: 'https://github.com/acme/shop/actions/runs/9127',
}

export const OPTIONS: DispatchOptions = { allowForks: false, onRerun: 'skip', maxDepth: 8, defaultRef: undefined, credential: 'app' }

export const CONSENT = 'inbound:\n  - source: { repository: shop, workflow: ci.yml }\n    targets:\n      - { workflow: cd.yml }\n'
export const CD =
  'name: CD\non: { workflow_dispatch: { inputs: { version: { required: true }, correlation-id: {} } } }\nrun-name: Deploy ${{ inputs.correlation-id }}\njobs: {}\n'

export const FACTS: FoundTarget = {
  found: true,
  id: 2,
  nameWithOwner: 'acme/app',
  visibility: 'private',
  defaultBranch: 'main',
  isArchived: false,
  dispatching: { path: '.github/dispatching.yml', text: CONSENT },
  workflow: { path: '.github/workflows/cd.yml', text: CD },
}

export function configOf(text: string): DispatchConfig {
  const parsed = parseDispatching(text, { file: '.github/dispatching.yml', owner: 'acme' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.config
}

export interface Scene {
  /** The entry of `outbound`, without its list dash. */
  readonly source?: string
  readonly target?: string
  readonly config?: string
  readonly run?: Partial<CompletedRun>
  readonly options?: Partial<DispatchOptions>
  readonly facts?: Partial<FoundTarget>
  readonly found?: boolean
  readonly chain?: Chain
  readonly state?: DecisionInput['state']
}

export const outbound = (source = '', target = ''): string =>
  `outbound:\n  - source: { workflow: ci.yml${source} }\n    targets:\n      - { repository: app, workflow: cd.yml, inputs: { version: "v\${{ run.number }}" }${target} }\n`

function inputOf(scene: Scene): DecisionInput {
  const run = { ...RUN, ...scene.run }
  const config = configOf(scene.config ?? outbound(scene.source, scene.target))
  const options = { ...OPTIONS, ...scene.options }
  const facts: TargetFacts = scene.found === false ? { found: false } : { ...FACTS, ...scene.facts }
  const selected = selectRules(config, { source: SOURCE, run, options })
  return {
    config,
    source: SOURCE,
    run,
    options,
    facts: new Map(selected.map(({ target }) => [target.factsKey, facts])),
    state: scene.state ?? { targets: {}, issues: {} },
    chain: scene.chain ?? findChain(SOURCE, run, undefined),
    sourceDefaultBranch: 'main',
  }
}

export function play(scene: Scene) {
  return decideTargets(inputOf(scene))
}

export function reasonOf(scene: Scene): string {
  const [first] = play(scene)
  return first?.kind === 'refusal' ? first.refusal.reason : (first?.kind ?? 'no rule')
}
