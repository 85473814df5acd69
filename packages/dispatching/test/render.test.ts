import { describe, expect, it } from 'vitest'
import { explainRefusal, issueKeyOf, type Reason, REASONS, type SourceRecord, type TargetRecord, type Visibility } from '../src/index.ts'
import {
  collectResults,
  countResults,
  isStepFailed,
  issueMarker,
  MAX_CHECK_SUMMARY,
  overallDecision,
  renderAnnotations,
  renderCheckRun,
  renderIssueBody,
  renderIssueTitle,
  renderOutputs,
  renderStory,
  renderSummary,
  type Report,
  type TargetResult,
} from '../src/render.ts'
import { play } from './world.ts'

const source: SourceRecord = {
  repository_id: 1,
  repository: 'acme/shop',
  visibility: 'private',
  workflow: '.github/workflows/ci.yml',
  run_id: 9127,
  run_attempt: 1,
  url: 'https://github.com/acme/shop/actions/runs/9127',
}
const target: TargetRecord = {
  repository_id: 2,
  repository: 'acme/secret-app',
  visibility: 'private',
  workflow: '.github/workflows/secret-cd.yml',
  ref: 'secret-branch',
}

function result(outcome: TargetResult['outcome'], reason?: Reason, more: Partial<TargetResult> = {}): TargetResult {
  const refusal =
    reason &&
    explainRefusal(reason, {
      source: 'acme/shop',
      target: target.repository,
      workflow: 'secret-cd.yml',
      ref: 'secret-branch',
      lines: 'inbound:\n  - secret: yes',
    })
  const run =
    outcome === 'dispatched' ? { runId: 77, url: 'https://github.com/acme/secret-app/actions/runs/77' } : { runId: null, url: null }
  return { outcome, target, key: 'k', refusal, guarded: true, warnings: [], ...run, ...more }
}
const report = (results: TargetResult[], place: Visibility = 'private'): Report => ({
  source,
  correlationId: 'c'.repeat(16),
  results,
  dryRun: false,
  place,
})
const renderAll = (it: Report): string =>
  [
    renderSummary(it),
    renderCheckRun(it).summary,
    renderCheckRun(it).title,
    JSON.stringify(renderOutputs(it)),
    JSON.stringify(renderAnnotations(it)),
    renderStory(it).join('\n'),
  ].join('\n')

const mixed = [
  result('dispatched'),
  result('denied', 'not-allowed'),
  result('failed', 'needs-attention'),
  result('skipped', 'already-dispatched', { runId: 76, url: 'https://github.com/acme/secret-app/actions/runs/76' }),
]

describe('a report', () => {
  it('links the started run and shows the lines to add', () => {
    const page = renderSummary(report(mixed))
    expect(page).toContain('## Dispatch: 1 dispatched, 1 skipped, 1 denied, 1 failed')
    expect(page).toContain('[run 77](https://github.com/acme/secret-app/actions/runs/77)')
    expect(page).toContain('```yaml\ninbound:\n  - secret: yes\n```')
    expect(page).toContain('-. not-allowed .->')
  })

  it('says where loops are not guarded', () => {
    expect(renderSummary(report([result('dispatched', undefined, { guarded: false })]))).toContain('Loops not guarded')
    expect(renderSummary(report([result('dispatched')]))).not.toContain('Loops not guarded')
  })

  it('tells people who cannot see the target its id and the reason, nothing else', () => {
    const shown = renderAll(report([...mixed, result('dispatched', undefined, { guarded: false, warnings: ['secret words'] })], 'public'))
    expect(shown).not.toMatch(/secret/)
    expect(shown).toContain('repository 2')
    expect(shown).toContain('needs-attention')
  })

  it('of nothing says so', () => {
    expect(renderCheckRun(report([]))).toMatchObject({ conclusion: 'skipped', title: 'no rule is for this run' })
  })

  it('fits a check run however many targets there are', () => {
    const page = renderCheckRun(
      report(
        Array.from({ length: 3_000 }, (_, index) => result(index % 2 ? 'denied' : 'dispatched', index % 2 ? 'not-allowed' : undefined)),
      ),
    )
    expect(page.summary.length).toBeLessThanOrEqual(MAX_CHECK_SUMMARY)
    expect(page.summary).toContain('more: see the job summary')
  })

  it('brings nothing to life that strangers wrote', () => {
    const evil = '](https://evil.example) <img src=x> | @everyone\n```\n"]; click t0 "javascript:alert(1)"'
    const hostile = { ...target, repository: evil, workflow: `.github/workflows/${evil}.yml`, ref: evil }
    const refusal = explainRefusal('not-allowed', { source: 'acme/shop', target: evil, workflow: evil, lines: '```\n<img src=x>' })
    const page = renderSummary(report([result('denied', undefined, { target: hostile, refusal, warnings: [evil] })]))
    expect(stripCode(page)).not.toMatch(/<img|@everyone|\]\(https:\/\/evil/)
    const graph = /```mermaid\n([^]*?)\n```/.exec(page)?.[1] ?? ''
    expect(graph.split('\n')).toHaveLength(3)
    expect(graph.split('\n')[2]?.match(/"/g)).toHaveLength(2)
  })
})

/** Markdown without its code: there is nothing to bring to life in code. */
function stripCode(markdown: string): string {
  const text = markdown.replace(/^(```+)[^\n]*\n[^]*?\n\1$/gm, '')
  return text
    .split('\n')
    .map((line) => line.replace(/\\.|(`+)(.*?[^`])\1(?!`)/g, (match, fence: string | undefined) => (fence === undefined ? match : '')))
    .join('\n')
}

describe('outputs', () => {
  it.each([
    [['failed', 'dispatched', 'denied'], 'failed', true, true],
    [['dispatched', 'denied'], 'done', false, true],
    [['denied', 'skipped'], 'refused', false, true],
    [['skipped'], 'nothing-to-do', false, false],
    [[], 'nothing-to-do', false, false],
  ] as const)('of %j: %s', (outcomes, decision, red, redOnDenied) => {
    const counts = countResults(outcomes.map((outcome) => result(outcome)))
    expect(overallDecision(counts)).toBe(decision)
    expect([isStepFailed(counts, 'failed'), isStepFailed(counts, 'denied'), isStepFailed(counts, 'never')]).toEqual([
      red,
      redOnDenied,
      false,
    ])
  })

  it('are counts and JSON with a version', () => {
    const outputs = renderOutputs(report(mixed))
    expect(outputs).toMatchObject({ dispatched: '1', skipped: '1', denied: '1', failed: '1', 'correlation-id': 'c'.repeat(16) })
    expect(JSON.parse(outputs.results ?? '')).toMatchObject({
      schema_version: 1,
      targets: [{ outcome: 'dispatched', run_id: 77 }, { reason: 'not-allowed' }, {}, {}],
    })
  })
})

describe('collectResults', () => {
  const [decided] = play({})
  if (!decided) throw new Error('no decision')
  const stateOf = (status: 'requested' | 'started' | 'failed' | 'unclear', tries: number) => ({
    targets: {
      [decided.key]: {
        target,
        status,
        reason: status === 'failed' ? ('ref-not-found' as const) : status === 'unclear' ? ('needs-attention' as const) : null,
        tries,
        run_id: 77,
        url: null,
        inputs_hash: null,
      },
    },
    issues: {},
  })
  it.each([
    ['dispatched', undefined, 'ours', stateOf('started', 1)],
    ['failed', 'ref-not-found', 'ours', stateOf('failed', 1)],
    ['failed', 'needs-attention', 'ours', stateOf('unclear', 1)],
    ['failed', 'needs-attention', 'ours', stateOf('requested', 1)],
    ['skipped', 'already-dispatched', 'another run’s', stateOf('started', 1)],
    ['skipped', 'already-dispatched', 'another run’s', stateOf('requested', 1)],
    ['failed', 'needs-attention', 'another run’s', stateOf('unclear', 1)],
  ] as const)('%s %s, when it is %s', (outcome, reason, whose, after) => {
    const [collected] = collectResults({ source, decided: [decided], ours: new Set(whose === 'ours' ? [decided.key] : []), after })
    expect([collected?.outcome, collected?.refusal?.reason]).toEqual([outcome, reason])
  })
})

describe('an issue', () => {
  const policy = { create: 'failures', repository: 'acme/shop', visibility: 'public' } as const
  const refusal = explainRefusal('not-allowed', {
    source: 'acme/shop',
    target: target.repository,
    workflow: 'secret-cd.yml',
    lines: 'secret',
  })

  it('is found by its marker and hides what its readers cannot see', () => {
    const marker = issueMarker(issueKeyOf(source, target, source.repository))
    const body = renderIssueBody({ source, target, policy, refusal, marker })
    expect(body.endsWith(marker)).toBe(true)
    expect(body + renderIssueTitle({ source, target, policy })).not.toContain('secret')
  })

  it.each(['dispatched', 'refused'])('in a public place names no private source of what was %s', (outcome) => {
    const hidden: SourceRecord = {
      ...source,
      repository: 'acme/secret-shop',
      workflow: 'secret-ci.yml',
      url: 'https://github.com/acme/secret-shop/actions/runs/9127',
    }
    const open: TargetRecord = { ...target, repository: 'acme/app', workflow: 'cd.yml', visibility: 'public' }
    const why = explainRefusal('not-allowed', { source: hidden.repository, target: open.repository, workflow: 'cd.yml', lines: 'secret' })
    const subject = { source: hidden, target: open, policy, ...(outcome === 'refused' ? { refusal: why } : {}) }
    const told = renderIssueTitle(subject) + renderIssueBody(subject)
    expect(told).not.toContain('secret')
    expect(told).toContain('repository 1')
    expect(told).toContain('acme/app')
  })

  it('in a public place does not name a target that only a private file names', () => {
    const unknown: TargetRecord = { ...target, repository_id: null, visibility: null, ref: null }
    expect(
      renderIssueTitle({ source, target: unknown, policy }) + renderIssueBody({ source, target: unknown, policy, refusal }),
    ).not.toContain('secret')
  })

  it('tells all where its readers see both', () => {
    const subject = { source, target, policy: { ...policy, visibility: 'private' } as const, refusal }
    expect(renderIssueTitle(subject)).toBe('Dispatch from acme/shop to secret-cd.yml of acme/secret-app')
    expect(renderIssueBody(subject)).toContain(
      '[Run 9127](https://github.com/acme/shop/actions/runs/9127) of `ci.yml` in `acme/shop` was to dispatch to `secret-cd.yml` in `acme/secret-app`.',
    )
  })

  it('has one key per source, target, workflow and place', () => {
    const keys = [
      issueKeyOf(source, target, source.repository),
      issueKeyOf({ ...source, repository_id: 3 }, target, source.repository),
      issueKeyOf(source, { ...target, repository_id: 3 }, source.repository),
      issueKeyOf(source, { ...target, workflow: 'x.yml' }, source.repository),
      issueKeyOf(source, target, 'acme/board'),
    ]
    expect(new Set(keys).size).toBe(5)
    expect(issueKeyOf(source, { ...target, ref: 'other', repository: 'acme/renamed' }, source.repository)).toBe(keys[0])
  })
})

it.each(REASONS)('%s says what happened and what to do', (reason) => {
  const { message, hint } = explainRefusal(reason, { source: 'acme/shop', target: 'acme/app', workflow: 'cd.yml' })
  expect(message).toMatch(/^\S.*\.$/)
  expect(hint).toMatch(/^\S.*[.:]$/)
})
