import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type DispatchConfig, findChain, type TargetFacts } from '../src/index.ts'
import { decideTargets, parseDispatching, selectRules } from '../src/config.ts'
import { OPTIONS, RUN, SOURCE } from './world.ts'

const read = (path: string): string => readFileSync(new URL(`../../../examples/dispatch/${path}`, import.meta.url), 'utf8')
const file = '.github/dispatching.yml'

function configOf(repository: string): DispatchConfig {
  const parsed = parseDispatching(read(`${repository}/${file}`), { file, owner: 'acme' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  expect(parsed.warnings).toEqual([])
  return parsed.config
}

function factsOf(repository: string, id: number): TargetFacts {
  const path = '.github/workflows/cd.yml'
  const texts = {
    dispatching: { path: file, text: read(`${repository}/${file}`) },
    workflow: { path, text: read(`${repository}/${path}`) },
  }
  return { found: true, id, nameWithOwner: `acme/${repository}`, visibility: 'private', defaultBranch: 'main', isArchived: false, ...texts }
}

it('the example’s source dispatches to the one target and is refused by the other', () => {
  const source = { ...SOURCE, nameWithOwner: 'acme/source-app' }
  const config = configOf('source-app')
  const context = { source, run: RUN, options: OPTIONS }
  const selected = selectRules(config, context)
  const facts = new Map(selected.map(({ target }, index) => [target.factsKey, factsOf(target.repository.name, index + 2)]))
  const decided = decideTargets({ ...context, config, facts, state: { targets: {}, issues: {} }, chain: findChain(source, RUN, undefined) })
  expect(decided).toMatchObject([
    {
      kind: 'dispatch',
      inputs: { revision: RUN.headSha, 'requested-by': 'acme/source-app' },
      marker: expect.stringMatching(/^sw:[0-9a-f]{16}:1$/),
    },
    {
      kind: 'refusal',
      refusal: { reason: 'not-allowed', lines: expect.stringContaining('repository: acme/source-app, workflow: ci.yml') },
    },
  ])
})
