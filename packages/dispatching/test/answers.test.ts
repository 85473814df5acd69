import { describe, expect, it } from 'vitest'
import { type CandidateRun, classifyCandidates, renderMarker, type StartWorkflow, translateDispatchAnswer } from '../src/index.ts'

describe('translateDispatchAnswer', () => {
  it.each([
    ['GITHUB_UNAUTHORIZED', 401, 'Bad credentials', 'not-permitted'],
    ['GITHUB_FORBIDDEN', 403, 'Resource not accessible by integration', 'not-permitted'],
    ['GITHUB_FORBIDDEN', 403, "Cannot trigger a 'workflow_dispatch' on a disabled workflow", 'workflow-disabled'],
    ['GITHUB_NOT_FOUND', 404, 'Not Found', 'workflow-not-found'],
    ['GITHUB_UNPROCESSABLE', 422, "Workflow does not have 'workflow_dispatch' trigger", 'no-workflow-dispatch-trigger'],
    ['GITHUB_UNPROCESSABLE', 422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow", 'workflow-disabled'],
    ['GITHUB_UNPROCESSABLE', 422, 'No ref found for: v9', 'ref-not-found'],
    ['GITHUB_UNPROCESSABLE', 422, 'Unexpected inputs provided: ["x"]', 'unexpected-inputs'],
    ['GITHUB_UNPROCESSABLE', 422, "Required input 'x' not provided", 'unexpected-inputs'],
    ['GITHUB_UNPROCESSABLE', 422, 'inputs are too large.', 'unexpected-inputs'],
    ['GITHUB_UNPROCESSABLE', 422, 'Something new', 'dispatch-refused'],
    ['GITHUB_UNPROCESSABLE', 422, undefined, 'dispatch-refused'],
    ['GITHUB_RATE_LIMITED', 403, 'secondary rate limit', 'rate-limited'],
    ['GITHUB_RATE_LIMITED', 429, '', 'rate-limited'],
    ['GITHUB_UNREACHABLE', 0, '', 'github-unreachable'],
  ] as const)('%s %i %j means %s', (code, status, answer, reason) => {
    expect(translateDispatchAnswer({ code, status, answer })).toEqual({ reason })
  })

  it.each([
    ['GITHUB_UNAVAILABLE', 502],
    ['GITHUB_ANSWER_LOST', 0],
    ['GITHUB_UNEXPECTED', 302],
    ['GITHUB_CONFLICT', 409],
    ['GITHUB_BAD_REQUEST', 400],
  ] as const)('%s %i proves nothing', (code, status) => {
    expect(translateDispatchAnswer({ code, status })).toBe('ambiguous')
  })
})

describe('classifyCandidates', () => {
  const chain = { correlation_id: 'c'.repeat(16), depth: 1, ancestors: [] }
  const marker = renderMarker(chain)
  const effect: StartWorkflow = {
    id: 'k.1',
    kind: 'start-workflow',
    key: 'k',
    source: {
      repository_id: 1,
      repository: 'acme/shop',
      visibility: 'private',
      workflow: 'ci.yml',
      run_id: 1,
      run_attempt: 1,
      url: 'https://x.example',
    },
    target: { repository_id: 2, repository: 'acme/app', visibility: 'private', workflow: '.github/workflows/cd.yml', ref: 'main' },
    inputs: {},
    chain,
    marker,
    issues: { create: 'never', repository: 'acme/shop', visibility: 'private' },
  }
  const run = (runId: number, more: Partial<CandidateRun> = {}): CandidateRun => ({
    runId,
    url: `https://x.example/${runId}`,
    displayTitle: `CD ${marker}`,
    event: 'workflow_dispatch',
    actor: 'switchyard[bot]',
    headBranch: 'main',
    createdAt: 100_000,
    ...more,
  })
  const ask = (candidates: CandidateRun[], shown: string | null = marker, taken: number[] = []) =>
    classifyCandidates({
      effect: { ...effect, marker: shown },
      intentAt: 99_500,
      sentBefore: 160_000,
      candidates,
      actor: 'Switchyard[bot]',
      taken: new Set(taken),
    }).kind

  it.each<[string, CandidateRun[], string | null, number[], string]>([
    ['one with our marker', [run(1), run(2, { displayTitle: 'CD' })], marker, [], 'found'],
    ['two with our marker', [run(1), run(2)], marker, [], 'unclear'],
    ['two of which one is another dispatch’s', [run(1), run(2)], marker, [2], 'found'],
    ['one without the marker it should show', [run(1, { displayTitle: 'CD' })], marker, [], 'unclear'],
    ['one with another marker', [run(1, { displayTitle: `CD sw:${'d'.repeat(16)}:1` })], marker, [], 'none'],
    ['one alike where no marker is shown', [run(1, { displayTitle: 'CD' })], null, [], 'found'],
    ['two alike where no marker is shown', [run(1, { displayTitle: 'CD' }), run(2, { displayTitle: 'CD' })], null, [], 'unclear'],
    ['another event', [run(1, { event: 'push' })], marker, [], 'none'],
    ['another actor', [run(1, { actor: 'mona' })], marker, [], 'none'],
    ['another branch', [run(1, { headBranch: 'v1' })], marker, [], 'none'],
    ['one from before the intent', [run(1, { createdAt: 90_000 })], marker, [], 'none'],
    ['one from after it can have been sent', [run(1, { createdAt: 170_000 })], marker, [], 'none'],
    ['nothing', [], marker, [], 'none'],
  ])('%s: %5$s', (_, candidates, shown, taken, kind) => {
    expect(ask(candidates, shown, taken)).toBe(kind)
  })
})
