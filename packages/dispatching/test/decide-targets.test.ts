import { describe, expect, it } from 'vitest'
import { correlationIdOf } from '../src/index.ts'
import { CD, CONSENT, FACTS, outbound, play, reasonOf, type Scene } from './world.ts'

const inbound = (target: string, source = ''): NonNullable<Scene['facts']> => ({
  dispatching: {
    path: '.github/dispatching.yml',
    text: `inbound:\n  - source: { repository: shop, workflow: ci.yml${source} }\n    targets:\n      - ${target}\n`,
  },
})
const workflow = (text: string): NonNullable<Scene['facts']> => ({ workflow: { path: '.github/workflows/cd.yml', text } })
const chainOf = (depth: number, ancestors: { repository_id: number; workflow: string }[] = []): NonNullable<Scene['chain']> => ({
  correlation_id: 'c'.repeat(16),
  depth,
  ancestors,
})
const cycle = `${CONSENT}outbound:\n  - source: { workflow: cd.yml }\n    targets:\n      - { repository: shop, workflow: ci.yml }\n`
const takesBack = `${outbound()}inbound:\n  - source: { repository: app, workflow: cd.yml }\n    targets:\n      - { workflow: ci.yml }\n`

describe('decideTargets dispatches', () => {
  it('with inputs computed, the marker filled in and the chain one longer', () => {
    const id = correlationIdOf(1, 9127)
    expect(play({})).toMatchObject([
      {
        kind: 'dispatch',
        target: { repository_id: 2, repository: 'acme/app', workflow: '.github/workflows/cd.yml', ref: 'main' },
        inputs: { version: 'v7', 'correlation-id': `sw:${id}:1` },
        chain: { correlation_id: id, depth: 1, ancestors: [{ repository_id: 1, workflow: '.github/workflows/ci.yml' }] },
        marker: `sw:${id}:1`,
      },
    ])
  })

  it.each<[string, Scene]>([
    ['names in another case', { facts: { ...inbound('{ workflow: CD.YML }') } }],
    ['a run of a fork where that is allowed', { run: { headRepositoryId: 66 }, options: { allowForks: true } }],
    ['an event of strangers that the rule names', { source: ', events: [pull_request]', run: { event: 'pull_request' } }],
    ['a ref that the target allows', { target: ', ref: v1', facts: inbound("{ workflow: cd.yml, refs: ['v*'] }") }],
    ['an input that the target allows', { facts: inbound('{ workflow: cd.yml, inputs: [VERSION] }') }],
    ['every repository of an owner', { facts: { dispatching: { path: 'dispatching.yml', text: CONSENT.replace('shop', 'ACME/*') } } }],
    ['the last dispatch that the depth allows', { chain: chainOf(7) }],
    ['a failure before it, once it is mended', { state: stateOf('failed') }],
    ['a re-run where that was asked for', { run: { attempt: 2 }, options: { onRerun: 'redispatch' }, state: stateOf('started') }],
    ['a static cycle that the source does not allow back', { facts: { dispatching: { path: 'd.yml', text: cycle } } }],
  ])('%s', (_, scene) => {
    expect(reasonOf(scene)).toBe('dispatch')
  })

  it('says when a loop through it would not be noticed', () => {
    expect(play({ facts: workflow(CD.replace(/run-name.*\n/, '')) })).toMatchObject([{ kind: 'dispatch', marker: null }])
  })
})

function keyOf(scene: Scene = {}): string {
  return play(scene)[0]?.key ?? ''
}

function stateOf(status: 'requested' | 'started' | 'unclear' | 'failed'): NonNullable<Scene['state']> {
  const target = {
    repository_id: 2,
    repository: 'acme/app',
    visibility: 'private',
    workflow: '.github/workflows/cd.yml',
    ref: 'main',
  } as const
  return { targets: { [keyOf()]: { target, status, reason: null, tries: 1, run_id: null, url: null, inputs_hash: null } }, issues: {} }
}

describe('decideTargets refuses', () => {
  it.each<[string, string, Scene]>([
    ['conclusion-not-selected', 'by default', { run: { conclusion: 'failure' } }],
    ['branch-not-selected', 'for another branch', { source: ", branches: ['release/*']" }],
    ['branch-not-selected', 'for a run without a branch', { source: ", branches: ['**']", run: { headBranch: null } }],
    ['event-not-selected', 'for events that strangers cause', { run: { event: 'pull_request' } }],
    ['from-fork', 'for a fork', { run: { headRepositoryId: 66 } }],
    ['from-fork', 'for a fork that is gone', { run: { headRepositoryId: null } }],
    ['already-dispatched', 'once it was asked for', { state: stateOf('requested') }],
    ['already-dispatched', 'once it started', { state: stateOf('started') }],
    ['already-dispatched', 'while it is unclear', { state: stateOf('unclear') }],
    ['already-dispatched', 'in a re-run', { state: stateOf('started'), run: { attempt: 2 } }],
    ['target-not-found', 'without saying which', { found: false }],
    ['no-inbound-config', 'without the target’s word', { facts: { dispatching: undefined } }],
    ['invalid-inbound-config', 'for a file that does not parse', { facts: { dispatching: { path: 'd.yml', text: 'inbound: nonsense' } } }],
    ['not-allowed', 'for another source', { facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('shop', 'store') } } }],
    ['not-allowed', 'for another owner', { facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('shop', 'other/shop') } } }],
    [
      'not-allowed',
      'for another source workflow',
      { facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('ci.yml', 'test.yml') } } },
    ],
    ['not-allowed', 'for another target workflow', { facts: inbound('{ workflow: other.yml }') }],
    ['not-allowed', 'for a branch the target leaves out', { facts: inbound('{ workflow: cd.yml }', ', branches: [stable]') }],
    ['ref-not-allowed', 'for a ref beside the default branch', { target: ', ref: v1' }],
    ['ref-not-allowed', 'for the default branch, when refs leave it out', { facts: inbound("{ workflow: cd.yml, refs: ['v*'] }") }],
    ['inputs-not-allowed', 'for inputs the target keeps to itself', { facts: inbound('{ workflow: cd.yml, inputs: [] }') }],
    ['loop', 'when the target is among the ancestors', { chain: chainOf(2, [{ repository_id: 2, workflow: '.github/workflows/CD.yml' }]) }],
    ['loop', 'when both files lead back', { config: takesBack, facts: { dispatching: { path: 'd.yml', text: cycle } } }],
    ['too-deep', 'past the depth', { chain: chainOf(8) }],
    ['target-archived', 'for an archived repository', { facts: { isArchived: true } }],
    ['workflow-not-found', 'without the file', { facts: { workflow: undefined } }],
    ['no-workflow-dispatch-trigger', 'without the trigger', { facts: workflow('on: [push]') }],
    ['workflow-disabled', 'for a disabled one', { facts: { workflowState: 'disabled_manually' } }],
    ['ref-not-found', 'for a ref that is not there', { facts: { refExists: false } }],
    ['unexpected-inputs', 'for an input that is not declared', { facts: workflow('on: workflow_dispatch') }],
    [
      'unexpected-inputs',
      'without a required input',
      { facts: workflow('on: { workflow_dispatch: { inputs: { version: {}, host: { required: true } } } }') },
    ],
    [
      'unexpected-inputs',
      'for a value that is no choice',
      { facts: workflow('on: { workflow_dispatch: { inputs: { version: { type: choice, options: [v1] } } } }') },
    ],
    [
      'unexpected-inputs',
      'for a number that is none',
      { facts: workflow('on: { workflow_dispatch: { inputs: { version: { type: number } } } }') },
    ],
    [
      'unexpected-inputs',
      'for a boolean that is none',
      { facts: workflow('on: { workflow_dispatch: { inputs: { version: { type: boolean } } } }') },
    ],
    [
      'unexpected-inputs',
      'when they grow too large',
      { run: { displayTitle: 'x'.repeat(65_600) }, config: outbound().replace('run.number', 'run.display_title') },
    ],
    [
      'unexpected-inputs',
      'when an expression fails',
      {
        config: outbound().replace('run.number', 'fromJSON(run.actor)'),
        facts: workflow('on: { workflow_dispatch: { inputs: { version: {} } } }'),
      },
    ],
  ])('%s: %s', (reason, _, scene) => {
    expect(reasonOf(scene)).toBe(reason)
  })

  it('for the first reason in the order of the table', () => {
    const bad = { text: 'inbound: []', path: 'd.yml' }
    const defects: [string, Scene][] = [
      ['conclusion-not-selected', { run: { conclusion: 'failure' } }],
      ['branch-not-selected', { source: ', branches: [stable]' }],
      ['event-not-selected', { run: { event: 'watch' } }],
      ['from-fork', { run: { headRepositoryId: 66 } }],
      ['already-dispatched', { state: stateOf('started') }],
      ['invalid-inbound-config', { facts: { dispatching: bad } }],
      ['inputs-not-allowed', { facts: inbound('{ workflow: cd.yml, inputs: [] }') }],
      ['loop', { chain: chainOf(9, [{ repository_id: 2, workflow: '.github/workflows/cd.yml' }]) }],
      ['too-deep', { chain: chainOf(9) }],
      ['target-archived', { facts: { isArchived: true } }],
      ['no-workflow-dispatch-trigger', { facts: { ...workflow('on: push'), isArchived: false } }],
      ['workflow-disabled', { facts: { workflowState: 'disabled_inactivity' } }],
      ['ref-not-found', { facts: { refExists: false } }],
      ['unexpected-inputs', { facts: workflow('on: workflow_dispatch') }],
    ]
    defects.forEach(([reason], index) => {
      // The first of the rest wins where two say something of the same fact.
      const scene = defects
        .slice(index)
        .reduceRight<Scene>(
          (all, [, next]) => ({ ...all, ...next, run: { ...all.run, ...next.run }, facts: { ...all.facts, ...next.facts } }),
          {},
        )
      expect(reasonOf(scene)).toBe(reason)
    })
  })

  it('with the exact lines that the target would have to add', () => {
    const [decided] = play({ facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('shop', 'store') } } })
    const lines = decided?.kind === 'refusal' ? (decided.refusal.lines ?? '') : ''
    expect(lines).toBe('  - source: { repository: acme/shop, workflow: ci.yml }\n    targets:\n      - { workflow: cd.yml }')
  })

  it.each<[string, Scene]>([
    ['no-inbound-config', { facts: { dispatching: undefined } }],
    ['not-allowed', { facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('shop', 'store') } } }],
    ['ref-not-allowed', { target: ', ref: "v1+x"' }],
    ['inputs-not-allowed', { facts: inbound('{ workflow: cd.yml, inputs: [] }') }],
  ])('%s with lines that, once added, allow it', (reason, scene) => {
    const [decided] = play(scene)
    if (decided?.kind !== 'refusal') throw new Error('not refused')
    expect(decided.refusal.reason).toBe(reason)
    const before = { ...FACTS, ...scene.facts }.dispatching?.text ?? ''
    expect(reasonOf({ ...scene, facts: { dispatching: { path: 'd.yml', text: `${before}${decided.refusal.lines ?? ''}\n` } } })).toBe(
      'dispatch',
    )
  })
})

describe('a rule’s key', () => {
  it('differs when what the rule says differs, and not when the run’s values do', () => {
    const keys = [
      keyOf(),
      keyOf({ target: ', ref: main' }),
      keyOf({ facts: { id: 3 } }),
      keyOf({ config: outbound().replace('"v$', '"w$') }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(keyOf({ run: { number: 8 } })).toBe(keyOf())
    expect(keyOf({ run: { attempt: 2 } })).toBe(keyOf())
    expect(keyOf({ run: { attempt: 2 }, options: { onRerun: 'redispatch' } })).not.toBe(keyOf())
  })

  it('is the rule’s id where it has one: changing the rule does not dispatch again', () => {
    const named = outbound().replace('- source', '- id: deploy\n    source')
    expect(keyOf({ config: named })).toBe(keyOf({ config: named.replace('"v$', '"w$') }))
  })
})

it('sends what two rules mean alike once', () => {
  const twice = `${outbound()}      - { repository: acme/app, workflow: cd.yml, ref: main, inputs: { version: v7 } }\n`
  expect(play({ config: twice }).map((decided) => (decided.kind === 'refusal' ? decided.refusal.reason : decided.kind))).toEqual([
    'dispatch',
    'already-dispatched',
  ])
})

it('has nothing to say of a run that no rule names', () => {
  expect(play({ run: { path: '.github/workflows/lint.yml', workflow: 'Lint' } })).toEqual([])
})
